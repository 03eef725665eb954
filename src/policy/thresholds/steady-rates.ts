import type { BandSums, SideSums } from './evidence-sums.ts';

/** Entries' worth of the wider mean that steadies a narrower one (EXPERIMENTS.md §2, step 2). */
export const PSEUDO_ENTRIES = 200;

/** The same for a rate above the wider mean, which is left to speak for itself sooner. */
const PSEUDO_OF_SIDE = 20;

interface Tally {
  count: number;
  entries: number;
}

function tally(sides: readonly SideSums[], count: (side: SideSums) => number): Tally {
  return {
    count: sides.reduce((sum, side) => sum + count(side), 0),
    entries: sides.reduce((sum, side) => sum + side.entries, 0),
  };
}

function lean({ count, entries }: Tally, on: number, pseudo = PSEUDO_ENTRIES): number {
  return (count + pseudo * on) / (entries + pseudo);
}

/** The rates of one band: of each side, and what treatment without effect would have left. */
export interface SteadyRates {
  treated: number;
  heldOut: number;
  both: number;
}

/** One kind of rate by band over all policies of an action, each leaning on the action's. */
function ratesByBand(sides: readonly (readonly SideSums[])[], count: (side: SideSums) => number): number[] {
  const action = tally(sides.flat(), count);
  const overall = (action.count + 0.5) / (action.entries + 1);
  return sides.map((band) => lean(tally(band, count), overall));
}

/**
 * Rates by policy and band, of both sides together and of each. A band's rate in one policy leans with 200 pseudo-entries on
 * that band's rate in all policies of the action (a score means the same to all of them), and that on the action's. Within
 * (0, 1), so that no variance is nothing.
 */
export function steadyRates(
  policies: readonly (readonly BandSums[])[],
  count: (side: SideSums) => number,
): SteadyRates[][] {
  const bands = (policies[0] ?? []).map((_, at) => policies.flatMap((policy) => policy.slice(at, at + 1)));
  const treatedByBand = ratesByBand(
    bands.map((band) => band.map(({ treated }) => treated)),
    count,
  );
  const heldOutByBand = ratesByBand(
    bands.map((band) => band.map(({ heldOut }) => heldOut)),
    count,
  );
  const bothByBand = ratesByBand(
    bands.map((band) => band.flatMap(({ treated, heldOut }) => [treated, heldOut])),
    count,
  );
  // Small counts err upwards further than downwards: a lucky streak of a few must not look precise.
  const ofSide = (side: SideSums, on: number): number =>
    Math.max(lean(tally([side], count), on), lean(tally([side], count), on, PSEUDO_OF_SIDE));
  return policies.map((policy) =>
    policy.map(({ treated, heldOut }, at) => ({
      both: lean(tally([treated, heldOut], count), bothByBand[at] ?? 0),
      treated: ofSide(treated, treatedByBand[at] ?? 0),
      heldOut: ofSide(heldOut, heldOutByBand[at] ?? 0),
    })),
  );
}
