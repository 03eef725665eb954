import type { EventRow } from '../../db/queries/users.ts';
import type { LivePolicy } from '../../domain/assignment.ts';
import type { Rung } from '../../domain/words.ts';
import { treatedScores } from '../../experiments/assign.ts';
import { channelsOf } from '../../policy/offers.ts';
import type { CapFacts, Case } from './case.ts';
import { at, list, percent, score } from './words.ts';

type Sentence = (facts: Case) => string;

const interval = (policy: LivePolicy): string =>
  `[${score(policy.lo)}, ${score(policy.hi)}${policy.hi >= 1 ? ']' : ')'}`;

const whose = (policy: LivePolicy): string =>
  `of ${policy.segment === '*' ? 'all other segments' : `segment ${policy.segment}`}, policy version ${policy.policyVersion}`;

/** Where the exploration band below the threshold begins; nothing where there is none. */
function exploredFrom(policy: LivePolicy): string {
  const from = Math.max(0, treatedScores(policy).from);
  return from < policy.lo ? `; the exploration band begins at ${score(from)}` : '';
}

const capUse = (cap: CapFacts): string => `${cap.id} had ${cap.used} of ${cap.max} per ${cap.per}`;

const scoreOf = (facts: Case): number => facts.entry?.score ?? facts.warning?.score ?? Number.NaN;

const named = (answers: Case['answers']): string =>
  answers.length === 0
    ? ''
    : ` and, by a survey, ${list(answers.map(({ reason, answeredAt }) => `${reason} (answered ${at(answeredAt)})`))}`;

const eventText = (event: EventRow | undefined): string =>
  event ? `event ${event.type} at ${at(event.occurredAt)}` : 'an event';

/** What is said of a rung that a user passed. null: nothing worth saying. */
export const PASSED: Record<Rung, (facts: Case) => string | null> = {
  warned: ({ warning, answers }) =>
    warning
      ? `warned at ${at(warning.raisedAt)} by model ${warning.model}: score ${score(warning.score)}, segment ${warning.segment}, ` +
        `reasons ${list(warning.reasons)}${named(answers)}; valid until ${at(warning.expiresAt)}`
      : null,
  open_entry: ({ earlier }) =>
    earlier
      ? `no entry in the way: entry ${earlier.n} of this campaign let a new one in from ${at(earlier.reentryAt)}`
      : 'no entry in the way: the first one in this campaign',
  action: ({ action }) => (action === null ? null : `action ${action} fits`),
  score: ({ policy, entry, ...facts }) => {
    if (!policy) return null;
    const value = score(scoreOf({ policy, entry, ...facts }));
    return entry && !entry.inInterval
      ? `score ${value} lies in the exploration band beside ${interval(policy)} ${whose(policy)}`
      : `score ${value} lies in ${interval(policy)} ${whose(policy)}`;
  },
  consent: ({ campaign }) => `consent and an address for at least one of ${list(channelsOf(campaign), 'or')}`,
  suppression: () => 'not suppressed on every channel',
  returned: () => 'had not come back since the warning',
  priority: () => 'no campaign of higher priority wanted this user that day',
  assignment: () => null,
  channel: ({ way }) =>
    way.channel === null ? null : `channel ${way.channel}: the first of the step that is open to this user`,
  caps: ({ caps }) =>
    caps.length === 0 ? 'no cap holds for this message' : `within the caps: ${list(caps.map(capUse))}`,
  quiet_hours: ({ way, user, settings }) => {
    const zone = user.timezone ?? settings.defaultTimezone;
    const clock = zone === undefined ? 'no time zone is known, but the channel is open at any hour' : `zone ${zone}`;
    return way.plannedAt === null ? null : `allowed hours: planned for ${at(way.plannedAt)} (${clock})`;
  },
  budget: ({ message }) =>
    message && message.costMinor > 0 ? `budget: ${message.costMinor} minor units reserved` : null,
  coupon: ({ message }) => (message?.pool ? `a code of pool ${message.pool} was reserved` : null),
};

/** What is said of the reason for which a way ended; the part after a colon of the reason is `detail`. */
export const STOPPED: Record<string, (facts: Case, detail: string) => string> = {
  warning_expired: ({ warning, wave }) =>
    `the warning ran out at ${warning ? at(warning.expiresAt) : 'some time'}, before the wave's decision at ${at(wave.decisionAt)}`,
  open_entry: ({ earlier }) =>
    earlier
      ? `entry ${earlier.n} of this campaign (wave ${earlier.waveNo}) is still open: its outcome window ends at ${at(earlier.windowEndsAt)}`
      : 'an entry of this campaign is still open',
  reentry_gap: ({ earlier }) =>
    earlier
      ? `entry ${earlier.n} of this campaign ended at ${at(earlier.windowEndsAt)}; a new one may open from ${at(earlier.reentryAt)}`
      : 'the gap after the last entry of this campaign is not over',
  no_action: () => 'no action of the campaign fits: none of their conditions (when, reasons) holds',
  below_threshold: (facts) => {
    const { policy } = facts;
    if (!policy) return 'no policy covers this segment and action';
    return (
      `score ${score(scoreOf(facts))} is below the threshold ${score(policy.lo)} ${whose(policy)}` +
      exploredFrom(policy)
    );
  },
  above_interval: (facts) => {
    const { policy } = facts;
    return policy
      ? `score ${score(scoreOf(facts))} is above the interval ${interval(policy)} ${whose(policy)}`
      : 'the score is above the interval of its policy';
  },
  no_consent: ({ campaign }) => `no consent to any of ${list(channelsOf(campaign), 'or')}`,
  no_address: ({ campaign }) => `consented, but there is no address for any of ${list(channelsOf(campaign), 'or')}`,
  category_refused: ({ campaign }) => `wants no messages of the category ${campaign.category}, on whatever channel`,
  suppressed: ({ suppressions }) =>
    suppressions.length === 0
      ? 'suppressed'
      : list(suppressions.map((row) => `suppressed on ${row.channel} since ${at(row.at)} (${row.reason})`)),
  returned: ({ returns }) => `had come back already: ${eventText(returns[0])}`,
  priority: (_, campaign) => `campaign ${campaign}, of higher priority, wanted this user the same day`,
  global_holdout: ({ entry }) =>
    `held out of everything: in the global holdout of ${percent(entry?.pGlobalHoldout ?? 0)}`,
  holdout: ({ entry }) => `held out: in the campaign's holdout of ${percent(entry?.pHoldout ?? 0)}`,
  untreated: ({ entry }) =>
    `held out: chance said no, the probability to be treated was ${percent(entry?.pTreat ?? 0)}`,
  control: ({ entry }) => `arm ${entry?.drawnArm ?? 'control'} is a control that gets nothing`,
  no_channel: () => 'no channel of the step is open: each lacks consent or address, or is suppressed',
  no_step: () => 'the arm has no such step',
  cap: ({ caps }, id) => {
    const cap = caps.find((one) => one.id === id);
    return cap ? `frequency cap reached: ${capUse(cap)}` : `frequency cap ${id} was reached`;
  },
  min_gap: ({ campaign, settings }) =>
    `the smallest gap between two messages (${list([settings.caps.minGap, campaign.caps.minGap].filter((gap) => gap !== undefined))}) was not over`,
  same_kind: () => 'the last message was of the same kind, and the campaign does not repeat a kind',
  timezone_unknown: ({ user }) =>
    user.timezone === null
      ? 'no time zone is known and the settings name no default: nobody is sent to blind'
      : `time zone "${user.timezone}" is none, and the settings name no default: nobody is sent to blind`,
  no_window: ({ campaign }) => `no allowed hour comes before the message would be stale (${campaign.expiresAfter})`,
  budget: () => 'the budget of the campaign or of the wave was used up',
  coupon_pool_empty: () => 'the coupon pool had no free code left',
  coupon_already_given: () => 'has a code of this campaign already: one per person and campaign',
};

/** What is said of a message that was planned but not sent (messages.state_reason). */
export const UNSENT: Record<string, (detail: string) => string> = {
  aborted: () => 'the wave was aborted',
  returned: () => 'the user came back before the send',
  superseded: () => 'another message took its place',
  erased: () => 'the user was erased',
  stale: () => 'it was not sent in time and is stale',
  no_consent: () => 'consent was withdrawn before the send',
  no_address: () => 'there was no address any more at the send',
  category_refused: () => 'the user refused the category before the send',
  suppressed: () => 'the user was suppressed before the send',
  global_holdout: () => 'the user is in the global holdout',
  quiet_hours: () => 'outside the allowed hours of the user',
  timezone_unknown: () => 'no time zone is known',
  cap: (id) => `frequency cap ${id} was reached at the send`,
  min_gap: () => 'the smallest gap between two messages was not over at the send',
  same_kind: () => 'the last message was of the same kind at the send',
  render_failed: () => 'its text could not be made: a template misses a fact',
  lease_out: () => 'the sender stopped after its intent',
  settled_by_hand: () => 'a person settled it after asking the provider',
  resend: () => 'a second try: nobody knows of the first',
};

/** The chance layers in their order (rule 4), as far as they were drawn. */
export const CHANCE: Sentence = ({ entry }) => {
  if (!entry) return 'no draw was made';
  const layers = [
    `global holdout ${percent(entry.pGlobalHoldout)}${entry.assignment === 'global_holdout' ? ': drawn' : ''}`,
    `campaign holdout ${percent(entry.pHoldout)}${entry.assignment === 'holdout' ? ': drawn' : ''}`,
    `treated with ${percent(entry.pTreat)}${entry.assignment === 'untreated' ? ': not drawn' : ''}`,
    ...(entry.pArm === null ? [] : [`arm ${entry.arm} with ${percent(entry.pArm)}`]),
  ];
  return `chance: ${layers.join(' · ')}`;
};
