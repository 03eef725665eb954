import type { WarningRow } from '../../db/queries/receipts.ts';
import type { AnswerRow } from '../../db/queries/survey-answers.ts';
import type { UserRow } from '../../db/queries/users.ts';
import type { WaveRow } from '../../db/queries/waves.ts';
import type { Campaign } from '../../domain/campaign.schema.ts';
import { compileFilter, type AttributeType } from '../../policy/filters/compile-filter.ts';
import { at, list } from './words.ts';

/** Why a user has no way in a wave: `code` for programs, `text` for people. */
export interface AbsentReason {
  code:
    | 'wave_not_run'
    | 'not_planned_yet'
    | 'no_warning'
    | 'other_model'
    | 'raised_later'
    | 'imported_later'
    | 'expired'
    | 'segment'
    | 'reasons'
    | 'filter'
    | 'user_imported_later'
    | 'unexplained';
  text: string;
}

interface AbsentFacts {
  user: UserRow;
  wave: WaveRow;
  campaign: Campaign;
  warnings: readonly WarningRow[];
  /** Survey answers that counted at the wave's decision. */
  answers: readonly AnswerRow[];
  catalogue: readonly AttributeType[];
  /** False while the shard that covers the user is not planned. */
  planned: boolean;
}

/** The first reason for which a user is not in a wave's audience, by the rules that make it (rule 2). */
export function whyAbsent(facts: AbsentFacts): AbsentReason {
  const { wave } = facts;
  if (wave.state === 'skipped' || wave.state === 'waiting_approval') {
    return {
      code: 'wave_not_run',
      text: `the wave did not run: ${wave.state.replace('_', ' ')}${wave.stateReason ? ` (${wave.stateReason})` : ''}`,
    };
  }
  return noWarning(facts) ?? otherAudience(facts) ?? leftOver(facts);
}

function noWarning({ warnings, wave, campaign }: AbsentFacts): AbsentReason | null {
  const { model } = campaign.audience;
  if (warnings.length === 0) return { code: 'no_warning', text: 'there is no churn warning about this user' };
  const ofModel = warnings.filter((warning) => warning.model === model);
  if (ofModel.length === 0) {
    const others = [...new Set(warnings.map((warning) => warning.model))];
    return {
      code: 'other_model',
      text: `there are only warnings of model ${list(others)}; the campaign listens to model ${model}`,
    };
  }
  const raised = ofModel.filter((warning) => warning.raisedAt <= wave.decisionAt);
  if (raised.length === 0) {
    const first = ofModel.at(-1)?.raisedAt ?? wave.decisionAt;
    return {
      code: 'raised_later',
      text: `the first warning was raised at ${at(first)}, after the wave's decision at ${at(wave.decisionAt)}`,
    };
  }
  if (raised.every((warning) => warning.importedAt > wave.snapshotAt)) {
    return {
      code: 'imported_later',
      text: `the warning was imported after the wave took its snapshot at ${at(wave.snapshotAt)}; it can join the next wave`,
    };
  }
  const valid = raised.filter((warning) => warning.expiresAt > wave.decisionAt);
  const newest = raised[0];
  if (valid.length > 0 || !newest) return null;
  return {
    code: 'expired',
    text: `the newest warning ran out at ${at(newest.expiresAt)}, before the wave's decision at ${at(wave.decisionAt)}`,
  };
}

function otherAudience({ user, warnings, answers, wave, campaign, catalogue }: AbsentFacts): AbsentReason | null {
  const { model, segments, reasons, filter } = campaign.audience;
  const newest = warnings.find(
    (warning) =>
      warning.model === model &&
      warning.raisedAt <= wave.decisionAt &&
      warning.importedAt <= wave.snapshotAt &&
      warning.expiresAt > wave.decisionAt,
  );
  if (!newest) return null;
  if (segments && !segments.includes(newest.segment)) {
    return {
      code: 'segment',
      text: `segment ${newest.segment} of the newest warning is not in the campaign; it takes ${list(segments)}`,
    };
  }
  const named = [...newest.reasons, ...answers.map(({ reason }) => reason)];
  if (reasons && !reasons.some((reason) => named.includes(reason))) {
    return {
      code: 'reasons',
      text: `reasons ${list(named)} of the newest warning${answers.length > 0 ? ' and of survey answers' : ''} are not the campaign's; it takes ${list(reasons)}`,
    };
  }
  if (filter !== undefined && !compileFilter(filter, catalogue).matches(user, wave.decisionAt)) {
    return { code: 'filter', text: `the campaign's filter keeps this user out: ${filter}` };
  }
  return null;
}

function leftOver({ user, wave, planned }: AbsentFacts): AbsentReason {
  if (!planned) {
    return { code: 'not_planned_yet', text: `the wave has not planned this user's shard yet (it is ${wave.state})` };
  }
  if (user.importedAt > wave.snapshotAt) {
    return {
      code: 'user_imported_later',
      text: `the user was imported at ${at(user.importedAt)}, after the wave took its snapshot at ${at(wave.snapshotAt)}`,
    };
  }
  return {
    code: 'unexplained',
    text: `by the rows as they are now this user belongs to the audience; they may have changed since ${at(wave.decisionAt)}: run \`recallwave prove ${wave.waveNo}\``,
  };
}
