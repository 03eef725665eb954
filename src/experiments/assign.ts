import { createHash } from 'node:crypto';
import type { AssignmentResult, Draws, LivePolicy } from '../domain/assignment.ts';

const DIGITS = 12;
const RANGE = 2 ** 48;

function uniform(hex: string, slice: number): number {
  return Number.parseInt(hex.slice(slice * DIGITS, (slice + 1) * DIGITS), 16) / RANGE;
}

function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** The independent draws of entry n of a user: three 48-bit slices of sha256(`salt:userId:n`), each in [0, 1). */
export function drawEntry(input: { salt: string; userId: string; n: number }): Draws {
  const hex = sha256Hex(`${input.salt}:${input.userId}:${input.n}`);
  return { holdout: uniform(hex, 0), treat: uniform(hex, 1), arm: uniform(hex, 2) };
}

/** The draw of a user against the share of the global holdout's period, in [0, 1). */
export function drawGlobalHoldout(input: { salt: string; userId: string }): number {
  return uniform(sha256Hex(`${input.salt}:${input.userId}`), 0);
}

/** Lower bounds of the arms on [0, 1) in the order of their ids (so that a file's order does not matter). */
export function armBounds(armShares: Record<string, number>): { arm: string; from: number }[] {
  let from = 0;
  return Object.keys(armShares)
    .toSorted()
    .filter((arm) => (armShares[arm] ?? 0) > 0)
    .map((arm) => {
      const bound = { arm, from };
      from += armShares[arm] ?? 0;
      return bound;
    });
}

/** The arm whose interval holds the draw. Throws when no arm has a share. */
export function pickArm(armShares: Record<string, number>, draw: number): string {
  const arm = armBounds(armShares).findLast((bound) => bound.from <= draw);
  if (!arm) throw new Error('no arm has a share above 0');
  return arm.arm;
}

/** True when the score lies in the policy's interval [lo, hi); an interval up to 1 is closed there. */
export function inInterval(policy: Pick<LivePolicy, 'lo' | 'hi'>, score: number): boolean {
  return score >= policy.lo && (score < policy.hi || policy.hi >= 1);
}

/** e: the probability to be treated for a score, by band where it was learned; 0 beyond the exploration band (PRODUCT.md, rule 4). */
export function treatProbability(
  policy: Pick<LivePolicy, 'lo' | 'hi' | 'inside' | 'outside' | 'exploreWidth' | 'treatByBand'>,
  score: number,
): number {
  const { treatByBand } = policy;
  if (treatByBand) return treatByBand[scoreBand(score, treatByBand.length)] ?? 0;
  if (inInterval(policy, score)) return policy.inside;
  const near = score >= policy.lo - policy.exploreWidth && score < policy.hi + policy.exploreWidth;
  return near ? policy.outside : 0;
}

/** The widest range of scores that a policy treats, the exploration band included; `to` is exclusive below 1. */
export function treatedScores(policy: Pick<LivePolicy, 'lo' | 'hi' | 'outside' | 'exploreWidth' | 'treatByBand'>): {
  from: number;
  to: number;
} {
  const { treatByBand } = policy;
  if (!treatByBand) {
    const margin = policy.outside > 0 ? policy.exploreWidth : 0;
    return { from: policy.lo - margin, to: policy.hi + margin };
  }
  const treated = (e: number): boolean => e > 0;
  const first = treatByBand.findIndex(treated);
  if (first < 0) return { from: 1, to: 0 };
  return { from: first / treatByBand.length, to: (treatByBand.findLastIndex(treated) + 1) / treatByBand.length };
}

/**
 * Decides the layers of chance in their order: global holdout, campaign holdout, treat or not, arm (rule 4).
 * `drawnArm` is what the arm draw says for everybody; only the treated get it.
 */
export function assign(input: {
  draws: Draws;
  globalDraw: number;
  globalHoldout: number;
  holdout: number;
  policy: LivePolicy;
  score: number;
}): AssignmentResult & { drawnArm: string } {
  const pTreat = treatProbability(input.policy, input.score);
  const drawnArm = pickArm(input.policy.armShares, input.draws.arm);
  const held =
    input.globalDraw < input.globalHoldout
      ? 'global_holdout'
      : input.draws.holdout < input.holdout
        ? 'holdout'
        : input.draws.treat >= pTreat
          ? 'untreated'
          : null;
  return {
    assignment: held ?? 'arm',
    arm: held ? null : drawnArm,
    drawnArm,
    pGlobalHoldout: input.globalHoldout,
    pHoldout: input.holdout,
    pTreat,
    pArm: held ? null : (input.policy.armShares[drawnArm] ?? 0),
  };
}

/** Score band 0..bands−1: equal parts of 0..1, the last one closed. */
export function scoreBand(score: number, bands: number): number {
  return Math.min(Math.floor(score * bands), bands - 1);
}
