import type { Campaign, Step } from '../domain/campaign.schema.ts';
import type { ChannelName } from '../domain/words.ts';
import { contentKey, type StoredContents } from './facts.ts';
import type { ReadFile } from './include.ts';
import { buildEmail, buildPush, buildSms, buildTask, type ContentPlace } from './channel-contents.ts';
import type { Finding, Vocabulary } from './inspect-template.ts';
import { buildMail, type MailFiles } from './mail.ts';

export type { ReadFile } from './include.ts';

/** A fault in a campaign's texts: `path` leads to the key of the campaign file, `file` and `line` into a text file beside it. */
export interface ContentProblem {
  path: (string | number)[];
  file?: string;
  line?: number;
  what: string;
  fix: string;
  severity: Finding['severity'];
}

/** The texts of a campaign ready to be stored with its version, and what is wrong with them. */
export interface BuiltContents {
  contents: StoredContents;
  problems: ContentProblem[];
}

/**
 * Reads and compiles every text of a campaign (MJML once per file and locale) and checks all of them. `attributes`: the
 * catalogue of user attributes; without it any attribute passes. Never throws for faults of the texts: see `problems`.
 */
export async function buildContents(
  campaign: Campaign,
  readFile: ReadFile,
  options: { attributes?: readonly { name: string }[] } = {},
): Promise<BuiltContents> {
  const contents: StoredContents = {};
  const problems: ContentProblem[] = [];
  const vocabulary: Vocabulary = {
    attributes: options.attributes ? new Set(options.attributes.map((each) => each.name)) : null,
    links: new Set(Object.keys(campaign.links)),
  };
  const read = remembering(readFile, (name) => name);
  const mail = remembering(buildMail, mailKey);
  for (const { place, key, step, hasCode, isSurvey } of stepsOf(campaign)) {
    const report = (path: (string | number)[], finding: Finding & { file?: string }): void =>
      void problems.push({ path: [...place, ...path], ...finding });
    const at: ContentPlace = { campaign, vocabulary, hasCode, isSurvey, readFile: read, buildMail: mail, report };
    reportChannels(step, report);
    contents[key] = {
      ...(step.contents.email && { email: await buildEmail(step.contents.email, at) }),
      ...(step.contents.sms && { sms: buildSms(step.contents.sms, at) }),
      ...(step.contents.push && { push: buildPush(step.contents.push, at) }),
      ...(step.contents.task && { task: buildTask(step.contents.task, at) }),
    };
  }
  return { contents, problems: [...problems, ...linkProblems(campaign)] };
}

// The pages that count clicks lead nowhere but to web pages.
function linkProblems(campaign: Campaign): ContentProblem[] {
  return Object.entries(campaign.links).flatMap(([name, url]) =>
    /^https?:\/\//i.test(url)
      ? []
      : [
          {
            path: ['links', name],
            what: `the link ${name} does not go to a web page`,
            fix: 'write an address that begins with https://',
            severity: 'error' as const,
          },
        ],
  );
}

interface StepPlace {
  place: (string | number)[];
  key: string;
  step: Step;
  /** Whether messages of the arm carry a coupon code. */
  hasCode: boolean;
  isSurvey: boolean;
}

function stepsOf(campaign: Campaign): StepPlace[] {
  return campaign.actions.flatMap((action, a) =>
    action.arms.flatMap((arm, b) =>
      arm.steps.map((step, s) => ({
        place: ['actions', a, 'arms', b, 'steps', s],
        key: contentKey({ action: action.id, arm: arm.id, step: s + 1 }),
        step,
        hasCode: arm.offer?.pool !== undefined,
        isSurvey: action.kind === 'survey',
      })),
    ),
  );
}

function reportChannels(step: Step, report: (path: (string | number)[], finding: Finding) => void): void {
  step.channels.forEach((channel, i) => {
    if (step.contents[channel]) return;
    report(['channels', i], {
      what: `there is no text for the channel ${channel}`,
      fix: `add contents.${channel}, or take the channel out`,
      severity: 'error',
    });
  });
  for (const channel of Object.keys(step.contents) as ChannelName[]) {
    if (step.channels.includes(channel)) continue;
    report(['contents', channel], {
      what: `the ${channel} text is never used: the step has no such channel`,
      fix: `add ${channel} to channels, or take the text out`,
      severity: 'warning',
    });
  }
}

// Arms and steps share texts: each file is read once and each mail compiled once per build.
function remembering<In, Out>(
  work: (input: In) => Promise<Out>,
  keyOf: (input: In) => string,
): (input: In) => Promise<Out> {
  const done = new Map<string, Promise<Out>>();
  return (input) => {
    const key = keyOf(input);
    let result = done.get(key);
    if (!result) {
      result = work(input);
      done.set(key, result);
    }
    return result;
  };
}

function mailKey(files: MailFiles): string {
  return JSON.stringify([files.mjml, files.text, files.preheader, files.locale]);
}
