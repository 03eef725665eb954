import { IANAZone } from 'luxon';
import type { Db } from '../../db/connect.ts';
import { attributeCatalogue } from '../../db/queries/attributes.ts';
import {
  countedAround,
  entryBefore,
  findEntry,
  findReceipt,
  findWarning,
  type EntryRow,
  type ReceiptRow,
  type WarningRow,
} from '../../db/queries/receipts.ts';
import { policyAt, policyVersion } from '../../db/queries/policies.ts';
import { answersOfUser, countingAt } from '../../db/queries/survey-answers.ts';
import { suppressionHistory } from '../../db/queries/suppressions.ts';
import { eventsSince, type UserRow } from '../../db/queries/users.ts';
import type { WaveRow } from '../../db/queries/waves.ts';
import type { WayDetail } from '../../db/queries/ways.ts';
import type { LivePolicy } from '../../domain/assignment.ts';
import type { Campaign } from '../../domain/campaign.schema.ts';
import type { Settings } from '../../domain/settings.schema.ts';
import { CHANNELS, type ChannelName } from '../../domain/words.ts';
import { capHorizonMs, joinCaps, ruleApplies, usedUnder, type CapQuestion } from '../../policy/caps.ts';
import { compileFilter } from '../../policy/filters/compile-filter.ts';
import { offersOf } from '../../policy/offers.ts';
import type { CapFacts, Case } from './case.ts';

interface Subject {
  user: UserRow;
  wave: WaveRow;
  campaign: Campaign;
  settings: Settings;
}

const HOURS_AROUND_MS = 26 * 3_600_000;

/** Reads what the sentences about one step of one user's way are made of. */
export async function loadCase(db: Db, subject: Subject, way: WayDetail): Promise<Case> {
  const { user, wave, campaign } = subject;
  const warning = await findWarning(db, way.warningNo);
  const entry = way.entryNo === null ? undefined : await findEntry(db, way.entryNo);
  const message = way.messageNo === null ? undefined : await findReceipt(db, { messageNo: way.messageNo });
  const suppressions = (await suppressionHistory(db, user.userNo)).filter(
    (row) => row.at <= wave.decisionAt && (row.liftedAt === null || row.liftedAt > wave.decisionAt),
  );
  const answers = countingAt(await answersOfUser(db, user.userNo), wave.decisionAt);
  const reasons = [...(warning?.reasons ?? []), ...answers.map(({ reason }) => reason)];
  const action = entry?.action ?? (await fittingAction(db, subject, reasons));
  const since = way.step > 1 ? entry?.openedAt : warning?.raisedAt;
  const events = since ? await eventsSince(db, { userNo: user.userNo, since, limit: 1000 }) : [];
  return {
    ...subject,
    way,
    warning,
    entry,
    earlier: await entryBefore(db, { campaignId: wave.campaignId, userNo: user.userNo, waveNo: wave.waveNo }),
    action,
    policy: await loadPolicy(db, { subject, warning, entry, action }),
    caps: await capFacts(db, { subject, way, entry, action, message }),
    suppressions,
    returns: events.filter((event) => campaign.returnEvents.includes(event.type)),
    answers,
    message,
  };
}

/** The first action whose condition holds, as the ladder chose it: nothing is stored for users without an entry. */
async function fittingAction(db: Db, subject: Subject, churn: readonly string[]): Promise<string | null> {
  const catalogue = await attributeCatalogue(db);
  const fits = subject.campaign.actions.find(
    ({ when, reasons }) =>
      (!reasons || reasons.some((reason) => churn.includes(reason))) &&
      (when === undefined || compileFilter(when, catalogue).matches(subject.user, subject.wave.decisionAt)),
  );
  return fits?.id ?? null;
}

async function loadPolicy(
  db: Db,
  input: { subject: Subject; warning: WarningRow | undefined; entry: EntryRow | undefined; action: string | null },
): Promise<LivePolicy | undefined> {
  const { wave } = input.subject;
  const { campaignId } = wave;
  const { entry, action, warning } = input;
  if (entry) return policyVersion(db, { ...entry, campaignId, segment: entry.policySegment });
  if (action === null || warning === undefined) return undefined;
  return policyAt(db, { campaignId, segment: warning.segment, action, at: wave.createdAt });
}

/** How full each cap was around the planned send, by the rows as they are today. */
async function capFacts(
  db: Db,
  input: {
    subject: Subject;
    way: WayDetail;
    entry: EntryRow | undefined;
    action: string | null;
    message: ReceiptRow | undefined;
  },
): Promise<CapFacts[]> {
  const { campaign, settings, user, wave } = input.subject;
  const channel = input.message?.channel ?? input.way.channel ?? preferredChannel(input);
  if (channel === null || campaign.category === 'transactional') return [];
  const policy = joinCaps([settings.caps, campaign.caps], campaign.noRepeat);
  const at = input.message?.plannedAt ?? input.way.plannedAt ?? wave.decisionAt;
  const zone = user.timezone !== null && IANAZone.isValidZone(user.timezone) ? user.timezone : null;
  const kind = campaign.actions.find((candidate) => candidate.id === input.action)?.kind ?? '';
  const question: CapQuestion = {
    at,
    zone: zone ?? settings.defaultTimezone ?? null,
    channel,
    category: campaign.category,
    kind,
  };
  const reach = capHorizonMs(policy) + HOURS_AROUND_MS;
  const history = await countedAround(db, {
    userNo: user.userNo,
    from: new Date(at.getTime() - reach),
    to: new Date(at.getTime() + reach),
    exceptMessageNo: input.message?.messageNo ?? null,
  });
  return policy.rules
    .filter((rule) => ruleApplies(rule, question))
    .map((rule) => ({
      id: rule.id,
      used: usedUnder(rule, history, { question, mode: 'plan' }),
      max: rule.max,
      per: rule.per,
    }));
}

function preferredChannel(input: {
  subject: Subject;
  way: WayDetail;
  entry: EntryRow | undefined;
}): ChannelName | null {
  const { entry, subject, way } = input;
  const offer = offersOf(subject.campaign, way.step).find(
    (candidate) => candidate.action === entry?.action && candidate.arm === entry.drawnArm,
  );
  return offer?.channel ?? CHANNELS.find((channel) => channel === way.channel) ?? null;
}
