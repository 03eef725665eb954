import { countMessages, dueRanges, nextDue } from '../db/queries/outbox/due.ts';
import { readGate, type Gate, type OutboxPart } from '../db/queries/outbox/gate.ts';
import { sweepPart } from '../db/queries/outbox/sweep.ts';
import { RecallwaveError } from '../domain/failures.ts';
import type { ChannelName } from '../domain/words.ts';
import type { DeliveryActivities } from './contract.ts';
import type { DeliveryDeps } from './delivery/deps.ts';
import { createLane, type Lane } from './delivery/lane.ts';
import { sendRange } from './delivery/range.ts';
import { reconcile } from './delivery/reconcile.ts';
import { createKits } from './delivery/wave-kit.ts';
import { tellOperators } from './tell-operators.ts';

export type { DeliveryDeps, FaultName, FaultPoints } from './delivery/deps.ts';

/** Time between two looks at a part that a kill switch, a paused campaign or a stopped provider holds back. */
const LOOK_WHILE_HELD_MS = 30_000;

/** The delivery activities; make them once per process, since they share connections, group commits and permits. */
export function createDeliveryActivities(deps: DeliveryDeps): DeliveryActivities {
  const lanes = new Map<ChannelName, Lane>();
  const kitOf = createKits(deps.db);
  const laneOf = (name: ChannelName): Lane => {
    const known = lanes.get(name);
    if (known) return known;
    const channel = deps.channels.get(name);
    if (!channel) throw new RecallwaveError('NotFound', `there is no channel ${name}`);
    const lane = createLane(deps, channel);
    lanes.set(name, lane);
    return lane;
  };
  return {
    findDueRanges: ({ size, limit, ...part }) => findDueRanges(deps, laneOf(part.channel), { part, size, limit }),
    async deliverRange({ from, to, ...part }) {
      const lane = laneOf(part.channel);
      const kit = await kitOf(await gateOf(deps, lane, part));
      await sendRange({ deps, lane, part, range: { from, to }, kit });
      const counts = await countMessages(deps.db, { ...part, range: { from, to } });
      deps.fault?.hit('after-commit-before-result');
      return counts;
    },
    async reconcileUnknown(part) {
      const lane = laneOf(part.channel);
      const kit = await kitOf(await gateOf(deps, lane, part));
      return reconcile({ deps, lane, part, kit });
    },
  };
}

async function gateOf(deps: DeliveryDeps, lane: Lane, part: OutboxPart): Promise<Gate> {
  const gate = await readGate(deps.db, { waveNo: part.waveNo, provider: lane.channel.provider });
  if (!gate) throw new RecallwaveError('NotFound', `there is no wave ${part.waveNo}`);
  return gate;
}

async function findDueRanges(
  deps: DeliveryDeps,
  lane: Lane,
  input: { part: OutboxPart; size: number; limit: number },
): ReturnType<DeliveryActivities['findDueRanges']> {
  const { part, size, limit } = input;
  const now = deps.now();
  const gate = await gateOf(deps, lane, part);
  await sweepPart(deps.db, { ...part, now, over: gate.runState === 'aborted' });
  await tellOperators(deps);
  const counts = await countMessages(deps.db, part);
  const due = await nextDue(deps.db, { ...part, now });
  const { runState } = gate;
  if (runState !== 'running' || gate.held !== null) {
    // Nobody signals the end of a hold that is not the wave's own: look again by the clock.
    const look = new Date(Math.max(due?.getTime() ?? 0, now.getTime() + LOOK_WHILE_HELD_MS));
    return { ranges: [], counts, nextDueAt: due && look.toISOString(), runState };
  }
  const ranges = await dueRanges(deps.db, { ...part, now, size, limit });
  return { ranges, counts, nextDueAt: due?.toISOString() ?? null, runState };
}
