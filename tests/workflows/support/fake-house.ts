import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type {
  DeliveryActivities,
  LearningActivities,
  OpenWaveResult,
  PlanningActivities,
} from '../../../src/activities/contract.ts';
import type { ChannelName } from '../../../src/domain/words.ts';
import type { DeliveryCounts } from '../../../src/domain/delivery-counts.ts';
import type { RunState } from '../../../src/workflows/contract.ts';

export interface FakeCampaign {
  /** Users of the audience; each gets one message, dealt to the channels in turn. */
  users: number;
  channels: ChannelName[];
  usersPerShard: number;
  /** Days after the first touch. */
  followUpDays: number[];
  /** Real ms that a message takes. */
  msPerMessage: number;
  /** ms after planning at which a message falls due. */
  dueAfterMs: (messageNo: number) => number;
  /** Called before each activity; throws to make it fail. */
  onCall: (activity: string, input: object) => void | Promise<void>;
  /** Messages of which nobody knows whether they went out; reconcile settles them after so many questions. */
  unknown: { every: number; settledAfter: number } | null;
}

export interface FakeWave {
  waveNo: number;
  campaignId: string;
  localDate: string;
  state: RunState;
  waveState: string;
  workflowId: string;
  audits: { state: RunState; actor: string; reason: string }[];
  shards: Map<string, 'planned'>;
  messages: FakeMessage[];
}

interface FakeMessage {
  messageNo: number;
  step: number;
  channel: ChannelName;
  state: 'PLANNED' | 'ACCEPTED' | 'UNKNOWN' | 'CANCELLED';
  dueAt: number;
  accepted: number;
  /** Held by the fake alone: whatever finds its way into a history is a leak. */
  address: string;
}

export const CANARY = 'canary.person@private.example';

const DEFAULTS: FakeCampaign = {
  users: 100,
  channels: ['email'],
  usersPerShard: 5_000,
  followUpDays: [],
  msPerMessage: 0,
  dueAfterMs: () => 0,
  onCall: () => {},
  unknown: null,
};

/** What database and providers would hold: it outlives workers and servers of a test. */
export class FakeHouse {
  readonly campaigns = new Map<string, FakeCampaign>();
  readonly waves: FakeWave[] = [];
  readonly calls: { activity: string; input: Record<string, unknown> }[] = [];
  /** The house's clock in ms; the time-skipping server has its own. */
  now: () => number = Date.now;
  private nextMessage = 1;
  private asked = 0;

  add(campaignId: string, over: Partial<FakeCampaign> = {}): FakeCampaign {
    const campaign = { ...DEFAULTS, ...over };
    this.campaigns.set(campaignId, campaign);
    return campaign;
  }

  wave(waveNo: number): FakeWave {
    const wave = this.waves[waveNo - 1];
    if (!wave) throw ApplicationFailure.nonRetryable(`there is no wave ${waveNo}`, 'NotFound');
    return wave;
  }

  waveOf(campaignId: string): FakeWave {
    const wave = this.waves.find((candidate) => candidate.campaignId === campaignId);
    if (!wave) throw new Error(`no wave of ${campaignId}`);
    return wave;
  }

  callsOf(campaignId: string, activity: string): Record<string, unknown>[] {
    const numbers = this.waves.filter((wave) => wave.campaignId === campaignId).map((wave) => wave.waveNo);
    return this.calls
      .filter((call) => call.activity === activity)
      .map((call) => call.input)
      .filter((input) => input.campaignId === campaignId || numbers.includes(Number(input.waveNo)));
  }

  async called(activity: string, campaignId: string, input: object): Promise<FakeCampaign> {
    const campaign = this.campaigns.get(campaignId);
    if (!campaign) throw ApplicationFailure.nonRetryable(`there is no campaign ${campaignId}`, 'NotFound');
    this.calls.push({ activity, input: { ...input } });
    await campaign.onCall(activity, input);
    return campaign;
  }

  plan(wave: FakeWave, { step, shard }: { step: number; shard: number }): number {
    const key = `${step}/${shard}`;
    if (wave.shards.has(key)) return 0;
    wave.shards.set(key, 'planned');
    const campaign = this.campaigns.get(wave.campaignId) ?? DEFAULTS;
    const users = Math.min(campaign.usersPerShard, campaign.users - shard * campaign.usersPerShard);
    for (let user = 0; user < users; user += 1) {
      const messageNo = this.nextMessage++;
      const channel = campaign.channels[user % campaign.channels.length] ?? 'email';
      const dueAt = this.now() + campaign.dueAfterMs(messageNo);
      wave.messages.push({ messageNo, step, channel, state: 'PLANNED', dueAt, accepted: 0, address: CANARY });
    }
    return users;
  }

  /** True when asking the provider once more tells what became of an unknown message. */
  askedEnough(settledAfter: number): boolean {
    this.asked += 1;
    return this.asked >= settledAfter;
  }
}

/** Activities that answer like the real ones, over a FakeHouse. */
export function fakeActivities(house: FakeHouse): PlanningActivities & DeliveryActivities & LearningActivities {
  return { ...fakePlanning(house), ...fakeDelivery(house), ...fakeLearning(house) };
}

function fakeLearning(house: FakeHouse): LearningActivities {
  return {
    async runLearningCycle(input) {
      await house.called('runLearningCycle', input.campaignId, input);
      const counts = { policies: 2, frozen: 1, proposals: 1, applied: 0 };
      return { disposition: 'ran', reason: null, cycleNo: 1, readNo: 1, ...counts };
    },
  };
}

function fakePlanning(house: FakeHouse): PlanningActivities {
  const shardsOf = (campaign: FakeCampaign): number => Math.ceil(campaign.users / campaign.usersPerShard);
  return {
    async openWave(input) {
      const campaign = await house.called('openWave', input.campaignId, input);
      const meant = input.scheduledAt ?? input.decisionAt;
      const localDate = input.localDate ?? meant.slice(0, 10);
      const followUps = campaign.followUpDays.map((days) =>
        new Date(Date.parse(input.decisionAt) + days * 86_400_000).toISOString(),
      );
      const answer = { localDate, decisionAt: input.decisionAt, reason: null, audience: campaign.users, followUps };
      const present = house.waves.find((w) => w.campaignId === input.campaignId && w.localDate === localDate);
      if (present) {
        const disposition = present.workflowId === input.workflowId ? 'opened' : 'found';
        return { ...answer, disposition, waveNo: present.waveNo } satisfies OpenWaveResult;
      }
      if (localDate < input.decisionAt.slice(0, 10)) {
        return { ...answer, disposition: 'skipped', waveNo: null, reason: `${localDate} is over` };
      }
      const waveNo = house.waves.length + 1;
      house.waves.push({
        waveNo,
        campaignId: input.campaignId,
        localDate,
        state: 'running',
        waveState: 'planning',
        workflowId: input.workflowId,
        audits: [],
        shards: new Map(),
        messages: [],
      });
      return { ...answer, disposition: 'opened', waveNo };
    },
    async openStep(input) {
      const campaign = await house.called('openStep', house.wave(input.waveNo).campaignId, input);
      return { shards: shardsOf(campaign), channels: campaign.channels };
    },
    async planShards(input) {
      const wave = house.wave(input.waveNo);
      await house.called('planShards', wave.campaignId, input);
      let contacted = 0;
      for (let shard = input.from; shard < input.to; shard += 1) {
        Context.current().heartbeat(shard);
        contacted += house.plan(wave, { step: input.step, shard });
      }
      return { audience: contacted, contacted, heldOut: 0, blocked: 0, deferred: 0 };
    },
    async finishStep(input) {
      const wave = house.wave(input.waveNo);
      await house.called('finishStep', wave.campaignId, input);
      if (wave.state === 'running') wave.waveState = input.moreSteps ? 'following_up' : 'done';
      return { state: wave.waveState };
    },
    async setRunState(input) {
      const wave = house.wave(input.waveNo);
      await house.called('setRunState', wave.campaignId, input);
      setRunState(wave, input);
      return wave.state;
    },
    async readRunState(input) {
      const wave = house.wave(input.waveNo);
      await house.called('readRunState', wave.campaignId, input);
      return { state: wave.state, waveState: wave.waveState };
    },
  };
}

/** What the database function does: writes the state and its audit line, and cancels on abort. */
export function setRunState(wave: FakeWave, input: { state: RunState; actor: string; reason: string }): void {
  const { state, actor, reason } = input;
  if (wave.state === state) return;
  wave.state = state;
  wave.waveState = state === 'running' ? 'sending' : state;
  wave.audits.push({ state, actor, reason });
  if (state !== 'aborted') return;
  for (const message of wave.messages) if (message.state === 'PLANNED') message.state = 'CANCELLED';
}

function fakeDelivery(house: FakeHouse): DeliveryActivities {
  return {
    async findDueRanges(input) {
      const wave = house.wave(input.waveNo);
      await house.called('findDueRanges', wave.campaignId, input);
      const messages = ofStep(wave, input);
      const planned = messages.filter((message) => message.state === 'PLANNED');
      const due = planned.filter((message) => message.dueAt <= house.now());
      const later = planned.filter((message) => message.dueAt > house.now()).map((message) => message.dueAt);
      const ranges: { from: number; to: number }[] = [];
      for (let at = 0; at < due.length && ranges.length < input.limit; at += input.size) {
        const part = due.slice(at, at + input.size);
        ranges.push({ from: part[0]?.messageNo ?? 0, to: part.at(-1)?.messageNo ?? 0 });
      }
      return {
        ranges,
        counts: count(messages),
        nextDueAt: later.length === 0 ? null : new Date(later.reduce((a, b) => Math.min(a, b))).toISOString(),
        runState: wave.state,
      };
    },
    async deliverRange(input) {
      const wave = house.wave(input.waveNo);
      const campaign = await house.called('deliverRange', wave.campaignId, input);
      const rows = ofStep(wave, input).filter((row) => row.messageNo >= input.from && row.messageNo <= input.to);
      const before = count(rows);
      const { cancellationSignal } = Context.current();
      for (const row of rows) {
        if (cancellationSignal.aborted || wave.state !== 'running') break;
        if (row.state !== 'PLANNED' || row.dueAt > house.now()) continue;
        const { unknown } = campaign;
        row.state = unknown !== null && row.messageNo % unknown.every === 0 ? 'UNKNOWN' : 'ACCEPTED';
        row.accepted += 1;
        Context.current().heartbeat();
        if (campaign.msPerMessage > 0) await new Promise((resolve) => setTimeout(resolve, campaign.msPerMessage));
      }
      cancellationSignal.throwIfAborted();
      return difference(count(rows), before);
    },
    async reconcileUnknown(input) {
      const wave = house.wave(input.waveNo);
      const campaign = await house.called('reconcileUnknown', wave.campaignId, input);
      const unknown = ofStep(wave, input).filter((message) => message.state === 'UNKNOWN');
      if (!house.askedEnough(campaign.unknown?.settledAfter ?? 0)) {
        return { settled: 0, unknown: unknown.length, againAt: new Date(house.now() + 60_000).toISOString() };
      }
      for (const message of unknown) message.state = 'ACCEPTED';
      return { settled: unknown.length, unknown: 0, againAt: null };
    },
  };
}

function ofStep(wave: FakeWave, input: { step: number; channel: ChannelName }): FakeMessage[] {
  return wave.messages.filter((message) => message.step === input.step && message.channel === input.channel);
}

function count(messages: FakeMessage[]): DeliveryCounts {
  const of = (state: FakeMessage['state']): number => messages.filter((message) => message.state === state).length;
  return {
    accepted: of('ACCEPTED'),
    failed: 0,
    suppressed: 0,
    unknown: of('UNKNOWN'),
    deferred: 0,
    cancelled: of('CANCELLED'),
    expired: 0,
    open: of('PLANNED'),
  };
}

function difference(after: DeliveryCounts, before: DeliveryCounts): DeliveryCounts {
  return {
    ...after,
    accepted: after.accepted - before.accepted,
    unknown: after.unknown - before.unknown,
    cancelled: after.cancelled - before.cancelled,
  };
}
