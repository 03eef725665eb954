import type { Knex } from 'knex';
import { attributeCatalogue } from '../db/queries/attributes.ts';
import { loadVersion } from '../db/queries/campaigns.ts';
import { attemptsOf, warningsOfUser } from '../db/queries/receipts.ts';
import { recordedEntryOf } from '../db/queries/recorded-entry.ts';
import { answersOfUser, countingAt } from '../db/queries/survey-answers.ts';
import { suppressionHistory } from '../db/queries/suppressions.ts';
import { consentHistory, type UserRow } from '../db/queries/users.ts';
import { findWave, listWaves, type WaveRow } from '../db/queries/waves.ts';
import { shardOfUser, wavesOfUser, waysOfUser } from '../db/queries/ways.ts';
import type { Campaign } from '../domain/campaign.schema.ts';
import { RecallwaveError } from '../domain/failures.ts';
import { namedCampaign, namedUser, namedWave } from './named.ts';
import { settingsOverTime } from './prove/caps-check.ts';
import { whyAbsent, type AbsentReason } from './why/absent.ts';
import type { Case } from './why/case.ts';
import { outcomeHistory, permissionHistory, type HistoryLine } from './why/history.ts';
import { loadCase } from './why/load-case.ts';
import { recordedAnswer } from './why/recorded.ts';
import { tellStep, verdict, type StoryLine } from './why/tell-step.ts';

/** One step of a user's way, told. */
export interface StepStory {
  step: number;
  disposition: string;
  rung: string | null;
  reason: string | null;
  messageNo: number | null;
  verdict: string;
  lines: StoryLine[];
}

/** Why a user got, or did not get, something in one wave. */
export interface WhyReport {
  user: { userId: string; userNo: number };
  wave: {
    waveNo: number;
    campaignId: string;
    localDate: string;
    state: string;
    version: number | null;
    decisionAt: Date;
  };
  inAudience: boolean;
  /** The whole answer in one sentence. */
  answer: string;
  /** Set when the user was not in the wave's audience. */
  absent: AbsentReason | null;
  steps: StepStory[];
  permissions: HistoryLine[];
  outcomes: HistoryLine[];
}

/**
 * Tells a user's way through a wave in words. Without `wave` the newest one that he was in is taken (of `campaignId`, where
 * given), else the newest wave there is, to say why he wasn't. Throws NotFound for unknown users, waves and campaigns.
 */
export async function why(input: {
  db: Knex;
  userId: string;
  wave?: string | undefined;
  campaignId?: string | undefined;
}): Promise<WhyReport> {
  const { db } = input;
  const user = await namedUser(db, input.userId);
  const wave = input.wave === undefined ? await pickWave(db, user, input.campaignId) : await namedWave(db, input.wave);
  const campaign = await campaignOf(db, wave);
  if (wave.trigger === 'recorded') return whyRecorded(db, { user, wave, campaign });
  const ways = await waysOfUser(db, { waveNo: wave.waveNo, userNo: user.userNo });
  const settings = (await settingsOverTime(db))(wave.createdAt);
  const cases: Case[] = [];
  for (const way of ways) cases.push(await loadCase(db, { user, wave, campaign, settings }, way));
  const steps = await Promise.all(cases.map((facts) => storyOf(db, facts)));
  const absent = ways.length > 0 ? null : await explainAbsence(db, { user, wave, campaign });
  return {
    user: { userId: user.userId, userNo: user.userNo },
    wave: headOf(wave),
    inAudience: ways.length > 0,
    answer: absent ? `not in the audience: ${absent.text}` : (steps.at(-1)?.verdict ?? ''),
    absent,
    steps,
    permissions: permissionHistory(await consentHistory(db, user.userNo), await suppressionHistory(db, user.userNo)),
    outcomes: await outcomeHistory(db, { user, campaign, cases }),
  };
}

function headOf({ waveNo, campaignId, localDate, state, version, decisionAt }: WaveRow): WhyReport['wave'] {
  return { waveNo, campaignId, localDate, state, version, decisionAt };
}

async function whyRecorded(
  db: Knex,
  { user, wave, campaign }: { user: UserRow; wave: WaveRow; campaign: Campaign },
): Promise<WhyReport> {
  const entry = await recordedEntryOf(db, { userNo: user.userNo, waveNo: wave.waveNo });
  return {
    user: { userId: user.userId, userNo: user.userNo },
    wave: headOf(wave),
    inAudience: entry !== undefined,
    answer: recordedAnswer(entry, campaign.currency),
    absent: null,
    steps: [],
    permissions: permissionHistory(await consentHistory(db, user.userNo), await suppressionHistory(db, user.userNo)),
    outcomes: [],
  };
}

async function pickWave(db: Knex, user: UserRow, campaignId: string | undefined): Promise<WaveRow> {
  if (campaignId !== undefined) await namedCampaign(db, campaignId);
  const [newest] = await wavesOfUser(db, { userNo: user.userNo, limit: 1, campaignId });
  const own = newest ?? (await recordedEntryOf(db, { userNo: user.userNo, campaignId }));
  const found = own ? await findWave(db, { waveNo: own.waveNo }) : (await listWaves(db, { campaignId, limit: 1 }))[0];
  if (found) return found;
  const of = campaignId === undefined ? '' : ` of campaign ${campaignId}`;
  throw new RecallwaveError(
    'NotFound',
    `no wave${of} has run yet`,
    `start one with \`recallwave wave run ${campaignId ?? 'CAMPAIGN'}\`, or try it out with \`recallwave wave rehearse\``,
  );
}

async function campaignOf(db: Knex, wave: WaveRow): Promise<Campaign> {
  const version = wave.version === null ? {} : { version: wave.version };
  const loaded = await loadVersion(db, { campaignId: wave.campaignId, ...version });
  if (loaded) return loaded.campaign;
  throw new RecallwaveError(
    'NotFound',
    `campaign ${wave.campaignId} has no published version`,
    'apply it with `recallwave campaign apply FILE`',
  );
}

async function storyOf(db: Knex, facts: Case): Promise<StepStory> {
  const { way, message } = facts;
  const lines = tellStep(facts, message ? await attemptsOf(db, message.messageNo) : []);
  const { step, disposition, rung, reason, messageNo } = way;
  return { step, disposition, rung, reason, messageNo, verdict: verdict(facts, lines), lines };
}

async function explainAbsence(
  db: Knex,
  input: { user: UserRow; wave: WaveRow; campaign: Campaign },
): Promise<AbsentReason> {
  const { user, wave } = input;
  const shard = await shardOfUser(db, { waveNo: wave.waveNo, userNo: user.userNo });
  return whyAbsent({
    ...input,
    warnings: await warningsOfUser(db, user.userNo),
    answers: countingAt(await answersOfUser(db, user.userNo), wave.decisionAt),
    catalogue: await attributeCatalogue(db),
    planned: shard ? shard.plannedAt !== null : wave.state !== 'planning',
  });
}
