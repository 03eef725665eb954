import type { Config } from '../../config/config.ts';
import type { Db } from '../../db/connect.ts';
import { attributeCatalogue } from '../../db/queries/attributes.ts';
import { warningsOfUser, type WarningRow } from '../../db/queries/receipts.ts';
import { currentSettings } from '../../db/queries/settings.ts';
import { testCode } from '../../db/queries/test-sends.ts';
import type { UserRow } from '../../db/queries/users.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import type { Settings } from '../../domain/settings.schema.ts';
import type { ChannelName } from '../../domain/words.ts';
import type { RenderedContent, RenderFacts } from '../../templates/facts.ts';
import { smsSegments } from '../../templates/message-limits.ts';
import { pageUrls, TEST_DELIVERY_ID, trackedLinks } from '../../templates/recipient-urls.ts';
import { createRenderer, RenderError } from '../../templates/render.ts';
import { sampleFacts } from '../../templates/sample-facts.ts';
import { namedUser } from '../named.ts';
import { type CampaignTexts, openCampaignTexts, type PublishedTexts } from './campaign-texts.ts';
import {
  chooseContent,
  contentChoices,
  type ChosenContent,
  type ContentChoice,
  type ContentWish,
} from './choose-content.ts';
import type { CampaignFile } from './file/campaign-source.ts';

/** Which message to show. `campaign`: file, files in memory, id or published version; without `userId` the texts are for somebody of whom nothing is known. */
export interface PreviewInput extends ContentWish {
  campaign: CampaignFile | PublishedTexts;
  userId?: string | undefined;
  locale?: string | undefined;
  now: Date;
}

/** A message as a user would get it. */
export interface Preview {
  campaign: string;
  /** null: from a file. */
  version: number | null;
  userId: string | null;
  action: string;
  arm: string;
  step: number;
  channel: ChannelName;
  locale: string;
  content: RenderedContent;
  /** How many messages an SMS is billed as, with tracked links; null for other channels. */
  segments: number | null;
  /** What differs from a real message. */
  notes: string[];
  /** What else there is to look at. */
  choices: ContentChoice[];
  locales: string[];
}

/** What stands in for a code where the pool has no test code. */
const NO_CODE = 'TEST-CODE';
const LONG_LINK_NO = 1_000_000;

/**
 * Renders a message as a user would get it, without writing anything: the code is a test code, links lead straight to their
 * targets, and the opt-out changes nothing.
 */
export async function previewMessage(deps: { db: Db; config: Config }, input: PreviewInput): Promise<Preview> {
  const { db } = deps;
  const texts = await openCampaignTexts(db, input.campaign);
  const user = input.userId === undefined ? null : await namedUser(db, input.userId);
  const warning = user ? await warningFor(db, { user, texts, now: input.now }) : null;
  const chosen = chooseContent(texts.campaign, input, {
    user,
    reasons: warning?.reasons ?? [],
    catalogue: await attributeCatalogue(db),
    now: input.now,
  });
  const notes = user && !warning ? ['the user has no valid warning for this campaign'] : [];
  const coupon = await couponFor(db, chosen, notes);
  const { settings } = await currentSettings(db);
  const { pickLocale, render } = createRenderer({ contents: texts.contents, locales: texts.campaign.locales });
  const locale = pickLocale(input.locale ?? user?.locale ?? null);
  const facts = factsFor({ config: deps.config, texts, user, warning, settings, coupon, locale });
  const { action, arm, step, channel } = chosen;
  const say = (what: RenderFacts): RenderedContent =>
    rendered(() => render({ action: action.id, arm: arm.id, step, channel, facts: what }));
  const content = say(facts);
  return {
    campaign: texts.campaign.campaign,
    version: texts.version,
    userId: user?.userId ?? null,
    action: action.id,
    arm: arm.id,
    step,
    channel,
    locale,
    content,
    segments: segmentsOf(say({ ...facts, links: asLongAsTracked(deps.config, facts.links) })),
    notes,
    choices: contentChoices(texts.campaign),
    locales: texts.campaign.locales,
  };
}

async function warningFor(
  db: Db,
  { user, texts, now }: { user: UserRow; texts: CampaignTexts; now: Date },
): Promise<WarningRow | null> {
  const { model } = texts.campaign.audience;
  const warnings = await warningsOfUser(db, user.userNo);
  return warnings.find((warning) => warning.model === model && warning.expiresAt > now) ?? null;
}

function segmentsOf(content: RenderedContent): number | null {
  return content.channel === 'sms' ? smsSegments(content.text) : null;
}

// A real message carries tracked links, whose length is paid for.
function asLongAsTracked(config: Config, links: Record<string, string>): Record<string, string> {
  const numbers = Object.fromEntries(Object.keys(links).map((name) => [name, LONG_LINK_NO]));
  return trackedLinks({
    secret: config.linkSecret,
    publicUrl: config.publicUrl,
    deliveryId: TEST_DELIVERY_ID,
    links: numbers,
  });
}

async function couponFor(db: Db, { arm }: ChosenContent, notes: string[]): Promise<string | null> {
  if (arm.offer?.pool === undefined) return null;
  const code = await testCode(db, arm.offer.pool);
  notes.push(
    code === null ? `the pool ${arm.offer.pool} has no test code: ${NO_CODE} stands for it` : `${code} is a test code`,
  );
  return code ?? NO_CODE;
}

interface FactSources {
  config: Config;
  texts: CampaignTexts;
  user: UserRow | null;
  warning: WarningRow | null;
  settings: Settings;
  coupon: string | null;
  locale: string;
}

function factsFor({ config, texts, user, warning, settings, coupon, locale }: FactSources): RenderFacts {
  const delivery = { secret: config.linkSecret, publicUrl: config.publicUrl, deliveryId: TEST_DELIVERY_ID };
  const sample = sampleFacts({ locale, attributes: [], links: [] });
  const attributes = Object.entries(user?.attributes ?? {}).filter(([, value]) => typeof value !== 'object');
  return {
    locale,
    user: user ? { userId: user.userId, ...(Object.fromEntries(attributes) as RenderFacts['user']) } : sample.user,
    warning: { segment: warning?.segment ?? sample.warning.segment, reasons: warning?.reasons ?? [] },
    coupon,
    company: { name: settings.company, postalAddress: settings.postalAddress },
    links: texts.campaign.links,
    ...pageUrls(delivery),
  };
}

function rendered(render: () => RenderedContent): RenderedContent {
  try {
    return render();
  } catch (error) {
    if (!(error instanceof RenderError)) throw error;
    throw new RecallwaveError(
      'CampaignInvalid',
      error.message,
      "write {{default … '…'}} or {{#if …}} in the text; a wave would count such a user as failed (render_failed)",
    );
  }
}
