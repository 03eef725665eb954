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

/**
 * Rates by policy and band, steadied step by step: the action's; a band's in all policies of the action (a score means the
 * same to all of them); a band's in one policy, over both sides; that of each side. Each leans on the one before with 200
 * pseudo-entries. Within (0, 1), so that no variance is nothing.
 */
export function steadyRates(
  policies: readonly (readonly BandSums[])[],
  count: (side: SideSums) => number,
): SteadyRates[][] {
  const action = tally(
    policies.flat().flatMap((band) => [band.treated, band.heldOut]),
    count,
  );
  const overall = (action.count + 0.5) / (action.entries + 1);
  const byBand = (policies[0] ?? []).map((_, at) =>
    lean(
      tally(
        policies.flatMap((bands) => bands.slice(at, at + 1)).flatMap((band) => [band.treated, band.heldOut]),
        count,
      ),
      overall,
    ),
  );
  return policies.map((bands) =>
    bands.map(({ treated, heldOut }, at) => {
      const both = lean(tally([treated, heldOut], count), byBand[at] ?? overall);
      // Small counts err upwards further than downwards: a lucky streak of a few must not look precise.
      const side = (sums: SideSums): number =>
        Math.max(lean(tally([sums], count), both), lean(tally([sums], count), both, PSEUDO_OF_SIDE));
      return { both, treated: side(treated), heldOut: side(heldOut) };
    }),
  );
}
