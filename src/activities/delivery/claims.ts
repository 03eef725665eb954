import type { Envelope } from '../../channels/channel.ts';
import { claimBatch, type ClaimedBatch, type ClaimedMessage } from '../../db/queries/outbox/claim.ts';
import { readGate, type OutboxPart } from '../../db/queries/outbox/gate.ts';
import { globalHoldoutInForce } from '../../db/queries/outbox/global-holdout.ts';
import { recordUnsuccessful } from '../../db/queries/outbox/settled.ts';
import { returnTokens, takeTokens } from '../../db/queries/outbox/throttle.ts';
import { currentSettings } from '../../db/queries/settings.ts';
import { parseSender } from '../../domain/sender.ts';
import type { Settings } from '../../domain/settings.schema.ts';
import { RenderError } from '../../templates/render.ts';
import type { DeliveryDeps } from './deps.ts';
import { makeEnvelope, type Stationery } from './envelope.ts';
import type { HeldMessage } from './held-message.ts';
import type { Lane } from './lane.ts';
import { claimRules } from './claim-rules.ts';
import type { WaveKit } from './wave-kit.ts';

/** Messages per claim: large enough that the claim costs little per message, small against a lease. */
const BATCH = 250;

/** A claimed and rendered message. */
export interface Job {
  held: HeldMessage;
  envelope: Envelope;
}

/** What one look for work brought; `waitMs`: the throttle has nothing left for so long. */
export type Claimed = { kind: 'jobs'; jobs: Job[] } | { kind: 'wait'; waitMs: number } | { kind: 'nothing' };

/** The run that claims. */
export interface ClaimContext {
  deps: DeliveryDeps;
  lane: Lane;
  part: OutboxPart;
  range: { from: number; to: number };
  kit: WaveKit;
}

/** Claims and renders the next due messages of the range; nothing while the wave or its provider is held. */
export async function claimJobs(context: ClaimContext): Promise<Claimed> {
  const { deps, lane, part } = context;
  const { provider } = lane.channel;
  const gate = await readGate(deps.db, { waveNo: part.waveNo, provider });
  if (!gate || gate.runState !== 'running' || gate.held !== null) return { kind: 'nothing' };
  const { settings } = await currentSettings(deps.db);
  const ratePerS = settings.throttle[part.channel] ?? null;
  const grant = await takeTokens(deps.db, { provider, ratePerS, wanted: BATCH });
  if (grant.tokens === 0) return { kind: 'wait', waitMs: grant.waitMs };
  const now = deps.now();
  const batch = await claim(context, { settings, now, limit: grant.tokens });
  const unused = grant.tokens - batch.toSend.length;
  if (grant.limited && unused > 0) await returnTokens(deps.db, { provider, tokens: unused });
  deps.fault?.hit('after-claim');
  if (batch.due === 0) return { kind: 'nothing' };
  return { kind: 'jobs', jobs: await renderAll(context, { batch, settings, now }) };
}

async function claim(
  context: ClaimContext,
  input: { settings: Settings; now: Date; limit: number },
): Promise<ClaimedBatch> {
  const { deps, lane, part, range, kit } = context;
  const { settings, now, limit } = input;
  const holdout = await globalHoldoutInForce(deps.db);
  const rules = claimRules({ kit, settings, part, now, holdout });
  const batch = await claimBatch(
    deps.db,
    {
      ...part,
      range,
      limit,
      owner: lane.owner,
      leaseSeconds: deps.config.leaseSeconds,
      now,
      returnEvents: kit.campaign.returnEvents,
      historySince: rules.historySince,
    },
    rules.decide,
  );
  deps.metrics?.countClaims(part.channel, batch.toSend.length + batch.settled);
  return batch;
}

async function renderAll(
  context: ClaimContext,
  input: { batch: ClaimedBatch; settings: Settings; now: Date },
): Promise<Job[]> {
  const { deps, kit, part } = context;
  const stationery: Stationery = {
    kit,
    settings: input.settings,
    sender: parseSender(input.settings.emailFrom),
    publicUrl: deps.config.publicUrl,
    linkSecret: deps.config.linkSecret,
    now: input.now,
  };
  const leaseEndsAt = performance.now() + deps.config.leaseSeconds * 1000;
  const jobs: Job[] = [];
  const unrenderable: { message: ClaimedMessage; evidence: string }[] = [];
  for (const { message, notAfter } of input.batch.toSend) {
    const { messageNo, fence, attempts } = message;
    const held = { messageNo, fence, waveNo: part.waveNo, notAfter, attempts, leaseEndsAt, submitting: false };
    try {
      jobs.push({ held, envelope: makeEnvelope(stationery, message, notAfter) });
    } catch (error) {
      unrenderable.push({ message, evidence: error instanceof RenderError ? error.message : 'cannot be rendered' });
    }
  }
  await failUnrenderable(context, unrenderable);
  return jobs;
}

async function failUnrenderable(
  { deps, part }: ClaimContext,
  unrenderable: { message: ClaimedMessage; evidence: string }[],
): Promise<void> {
  if (unrenderable.length === 0) return;
  const failures = unrenderable.map(({ message, evidence }) => ({
    messageNo: message.messageNo,
    fence: message.fence,
    waveNo: part.waveNo,
    class: 'render_failed',
    evidence,
    suppress: false,
  }));
  deps.logger.warn({ waveNo: part.waveNo, messageNos: failures.map((one) => one.messageNo) }, 'texts that lack a fact');
  await recordUnsuccessful(deps.db, { failures, retries: [], doubts: [], withdrawn: [], goneSubscriptions: [] });
  deps.metrics?.countMessages({ channel: part.channel, state: 'FAILED' }, failures.length);
}
