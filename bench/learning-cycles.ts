import type { Client } from '@temporalio/client';
import type { Knex } from 'knex';
import { latestCycle } from '../src/db/queries/learning-cycles.ts';
import { proposalsOfCycle } from '../src/db/queries/proposals.ts';
import type { ProposalKind } from '../src/domain/learning.ts';
import type { learnThresholds } from '../src/workflows/learn-workflow.ts';
import { taskQueues, WORKFLOWS, workflowIds } from '../src/workflows/contract.ts';
import { aLearningWorld, type LearningWorld, type TrueSegment } from '../tests/support/learning-world.ts';
import { QUEUES, withLearningWorkers } from './learning-cycles/servers.ts';
import { trueGain, trueSegments, valueShare } from './learning-cycles/truth.ts';

const WEEKS = 10;

/** What goes wrong in which week. */
const FEED_BREAKS = 6;
const HARM_BEGINS = 8;
const SPLIT_BREAKS = 9;

/** One weekly cycle as it went. */
interface CycleFigures {
  week: number;
  /** Value a week of the policies in force after the cycle, by what is true, as a share of the best ones'. */
  value: number;
  /** Moves that the cycle put in force: segment and kind, and whether the truth agrees. */
  moves: { segment: string; kind: ProposalKind; right: boolean }[];
  /** Distinct reasons for which policies were held. */
  frozen: string[];
  seconds: number;
}

interface Bench {
  db: Knex;
  client: Client;
  world: LearningWorld;
  segments: TrueSegment[];
}

/** Deletes half of the treated of a wave: what a broken split looks like. */
async function breakSplit({ db, world }: Bench, week: number): Promise<void> {
  await db('entries')
    .where({ campaign_id: world.campaignId, assignment: 'arm', opened_at: world.waveAt(week) })
    .andWhereRaw('entry_no % 2 = 0')
    .delete();
}

async function runWeek(bench: Bench, week: number): Promise<CycleFigures> {
  const { db, client, world, segments } = bench;
  const started = performance.now();
  await world.live(week, { outcomes: week !== FEED_BREAKS });
  if (week === SPLIT_BREAKS) await breakSplit(bench, week);
  await client.workflow.execute<typeof learnThresholds>(WORKFLOWS.learn, {
    taskQueue: taskQueues(QUEUES).workflows,
    workflowId: `${workflowIds.learn(world.campaignId)}/${week}`,
    args: [
      {
        campaignId: world.campaignId,
        queuePrefix: QUEUES,
        asOf: world.learnAt(week).toISOString(),
        actor: 'system:schedule',
      },
    ],
  });
  if (week === FEED_BREAKS) await world.happen(week);
  const cycle = await latestCycle(db, world.campaignId);
  if (!cycle) throw new Error(`week ${week} has no cycle`);
  const applied = (await proposalsOfCycle(db, cycle.cycleNo)).filter(
    ({ state, proposal }) => state === 'applied' && proposal.kind !== 'probabilities',
  );
  const moves = applied.map(({ segment, proposal }) => {
    const truth = segments.find((one) => one.segment === segment);
    const gain = truth ? trueGain(truth, proposal.from, proposal.to) : 0;
    return { segment, kind: proposal.kind, right: gain > 0 };
  });
  const reasons = cycle.result.policies.flatMap((policy) => policy.freezes.map((freeze) => freeze.reason));
  const frozen = [...new Set(reasons)].filter((reason) => reason !== 'cooldown');
  return {
    week,
    value: await valueShare(db, { campaignId: world.campaignId, segments }),
    moves,
    frozen,
    seconds: (performance.now() - started) / 1000,
  };
}

/**
 * Ten weekly cycles of three segments through importer, planner, database and learning workflow in mode auto. The feed breaks
 * in week 6 (and catches up afterwards), a quarter of the treated of one segment unsubscribe from week 8 on, and half of the
 * treated get lost in week 9.
 */
async function learningCycles(onWeek: (figures: CycleFigures) => void): Promise<CycleFigures[]> {
  return withLearningWorkers(async ({ db, client }) => {
    let week = 0;
    const segments = trueSegments(() => week >= HARM_BEGINS);
    const world = await aLearningWorld(db, { segments, campaign: { learning: { mode: 'auto' } } });
    const figures: CycleFigures[] = [];
    for (; week < WEEKS; week += 1) {
      const one = await runWeek({ db, client, world, segments }, week);
      figures.push(one);
      onWeek(one);
    }
    return figures;
  });
}

/** What the ten cycles have to show; each with whether they did. */
function cycleChecks(cycles: readonly CycleFigures[]): { check: string; met: boolean }[] {
  const at = (week: number): CycleFigures | undefined => cycles[week];
  const gated = cycles.flatMap((cycle) => cycle.moves).filter((move) => move.kind !== 'retreat');
  const wrong = gated.filter((move) => !move.right).length;
  const before = at(HARM_BEGINS - 1)?.value ?? 0;
  return [
    {
      check: `the thresholds move (${gated.length} gated moves), at most one in ten the wrong way (${wrong})`,
      met: gated.length >= 5 && wrong <= gated.length / 10,
    },
    {
      check: `value of the policies rises from ${percent(at(0)?.value)} to ${percent(before)} of the best`,
      met: before > (at(0)?.value ?? 1),
    },
    {
      check: 'a stale feed freezes',
      met: at(FEED_BREAKS)?.frozen.includes('stale_feed') === true && at(FEED_BREAKS)?.moves.length === 0,
    },
    {
      check: 'harm makes its segment retreat within one cycle',
      met: at(HARM_BEGINS)?.moves.some((move) => move.kind === 'retreat' && move.segment === 'bargain') === true,
    },
    {
      check: 'a broken split freezes',
      met: at(SPLIT_BREAKS)?.frozen.includes('sample_ratio') === true && at(SPLIT_BREAKS)?.moves.length === 0,
    },
  ];
}

function percent(share: number | undefined): string {
  return `${((share ?? 0) * 100).toFixed(0)} %`;
}

/** One cycle as a line. */
function cycleLine({ week, value, moves, frozen, seconds }: CycleFigures): string {
  const moved =
    moves
      .map((move) => `${move.segment} ${move.kind}${move.right || move.kind === 'retreat' ? '' : ' (wrong)'}`)
      .join(', ') || 'no move';
  const held = frozen.length === 0 ? '' : ` · frozen: ${frozen.join(', ')}`;
  return `  week ${week} · ${percent(value)} of the best value · ${moved}${held} · ${seconds.toFixed(1)} s`;
}

/** Runs the ten cycles and prints them with what they have to show; false where something is missed. */
export async function benchLearningCycles(): Promise<boolean> {
  const cycles = await learningCycles((figures) => console.log(cycleLine(figures)));
  const checks = cycleChecks(cycles);
  for (const { check, met } of checks) console.log(`${met ? 'met    ' : 'NOT MET'}  ${check}`);
  return checks.every(({ met }) => met);
}
