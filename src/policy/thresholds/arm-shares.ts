import type { ArmEvidence, LearnedPolicy, LearnInput } from '../../domain/learning.ts';
import { bestArmProbabilities, thompsonShares } from '../../experiments/best-arm.ts';
import { percent } from './sentences.ts';

type Thompson = NonNullable<LearnInput['thompson']>;

/** Entries that every sampled arm needs before its share moves. */
const ENOUGH = 100;
/** Smaller changes of a share are not worth a new version of the policy. */
const LEAST_CHANGE = 0.01;
/** Shares are whole ten-thousandths. */
const PRECISION = 10_000;

/** New shares of an action's arms, or why they stay as they are. */
export type SharesFound = { shares: Record<string, number>; sentence: string } | { shares: null; sentence: string };

function probabilities(arms: readonly ArmEvidence[], goal: Thompson['goal']): number[] {
  if (goal === 'count') {
    return bestArmProbabilities(
      arms.map((arm) => ({ alpha: 1 + arm.converted, beta: 1 + arm.entries - arm.converted })),
    );
  }
  return bestArmProbabilities(
    arms.map((arm) => ({
      mean: arm.netSum / arm.entries,
      sd: Math.sqrt(arm.netM2 / Math.max(1, arm.entries - 1) / arm.entries),
    })),
  );
}

/** Rounds to whole ten-thousandths that still add up to `whole`: the largest share takes what is left over. */
function roundedShares(shares: Record<string, number>, whole: number): Record<string, number> {
  const rounded = Object.entries(shares).map(([arm, share]) => ({
    arm,
    share: Math.round(share * PRECISION) / PRECISION,
  }));
  const largest = rounded.reduce((a, b) => (b.share > a.share ? b : a));
  const others = rounded.reduce((sum, { arm, share }) => (arm === largest.arm ? sum : sum + share), 0);
  largest.share = Math.round((whole - others) * PRECISION * 100) / (PRECISION * 100);
  return Object.fromEntries(rounded.map(({ arm, share }) => [arm, share]));
}

/**
 * Thompson sampling in batches: fixedPart·fileShare + (1 − fixedPart)·R·(f + (1 − Kf)·P) over the K sampled arms, P an arm's
 * probability to be the best, f its floor and R the share that the file leaves beside control arms, whose own share is
 * never touched: a comparison needs them.
 */
export function sampledShares(thompson: Thompson, policy: Pick<LearnedPolicy, 'action' | 'armShares'>): SharesFound {
  const file = thompson.fileShares[policy.action] ?? {};
  const controls = new Set(thompson.controlArms[policy.action] ?? []);
  const sampled = Object.keys(file).filter((arm) => !controls.has(arm) && (file[arm] ?? 0) > 0);
  if (sampled.length < 2) return { shares: null, sentence: `${policy.action} has fewer than two arms to choose from.` };
  const evidence = sampled.map((arm) => thompson.arms.find((row) => row.action === policy.action && row.arm === arm));
  const known = evidence.flatMap((row) => (row && row.entries >= ENOUGH ? [row] : []));
  if (known.length < sampled.length) {
    return { shares: null, sentence: `Shares of the arms stay: each needs ${ENOUGH} mature entries first.` };
  }
  const best = probabilities(known, thompson.goal);
  const floor = Math.min(thompson.floor, 1 / sampled.length);
  const rest = sampled.reduce((sum, arm) => sum + (file[arm] ?? 0), 0);
  const drawn = thompsonShares(best, floor);
  const { fixedPart } = thompson;
  const shares = roundedShares(
    Object.fromEntries(
      sampled.map((arm, at) => [arm, fixedPart * (file[arm] ?? 0) + (1 - fixedPart) * rest * (drawn[at] ?? 0)]),
    ),
    rest,
  );
  const all = { ...file, ...shares };
  const change = Math.max(...Object.keys(all).map((arm) => Math.abs((all[arm] ?? 0) - (policy.armShares[arm] ?? 0))));
  if (change < LEAST_CHANGE) return { shares: null, sentence: 'Shares of the arms stay: they fit what is known.' };
  const words = sampled.map(
    (arm, at) => `${arm} ${percent(all[arm] ?? 0)} (best with a chance of ${percent(best[at] ?? 0)})`,
  );
  return { shares: all, sentence: `New shares of the arms of ${policy.action}: ${words.join(', ')}.` };
}
