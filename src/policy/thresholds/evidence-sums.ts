import type { EvidenceCell, LearnedPolicy } from '../../domain/learning.ts';
import type { Moments } from '../../experiments/shapes.ts';

/** What a week leaves of older evidence (EXPERIMENTS.md §2, step 8). */
export const WEEKLY_DECAY = 0.95;

/** Sums over the entries of one side (treated or held out) of one band. Money in minor units. */
export interface SideSums {
  /** Entries and counts as they are, undecayed. */
  entries: number;
  converted: number;
  unsubscribed: number;
  /** Decayed counts: harm of long ago must not hide harm of now, nor stand for it. */
  decayed: { entries: number; unsubscribed: number; complained: number };
  /** Hájek: Σ w and Σ w² over the entries with w = decay / probability of the side. */
  weight: number;
  weightSquares: number;
  /** Σ w·y over the entries. */
  weighted: { converted: number; unsubscribed: number; offerCost: number; sendCost: number; net: number };
  /** Worth per converted entry and net value per entry; their `entries` are decayed. */
  worth: Moments;
  net: Moments;
}

/** One score band of a policy. */
export interface BandSums {
  treated: SideSums;
  heldOut: SideSums;
}

function emptySide(): SideSums {
  return {
    entries: 0,
    converted: 0,
    unsubscribed: 0,
    decayed: { entries: 0, unsubscribed: 0, complained: 0 },
    weight: 0,
    weightSquares: 0,
    weighted: { converted: 0, unsubscribed: 0, offerCost: 0, sendCost: 0, net: 0 },
    worth: { entries: 0, mean: 0, m2: 0 },
    net: { entries: 0, mean: 0, m2: 0 },
  };
}

/** Adds centred sums to centred sums in place (Chan, Golub & LeVeque 1979): a cycle adds ten thousands of them. */
function addMoments(into: Moments, entries: number, part: { sum: number; m2: number; decay: number }): void {
  if (entries <= 0) return;
  const added = entries * part.decay;
  const all = into.entries + added;
  const apart = part.sum / entries - into.mean;
  into.m2 += part.m2 * part.decay + apart ** 2 * ((into.entries * added) / all);
  into.mean += (apart * added) / all;
  into.entries = all;
}

function addCell(side: SideSums, cell: EvidenceCell, decay: number): void {
  const w = decay / cell.probability;
  side.entries += cell.entries;
  side.converted += cell.converted;
  side.unsubscribed += cell.unsubscribed;
  side.decayed.entries += decay * cell.entries;
  side.decayed.unsubscribed += decay * cell.unsubscribed;
  side.decayed.complained += decay * cell.complained;
  side.weight += w * cell.entries;
  side.weightSquares += w * w * cell.entries;
  side.weighted.converted += w * cell.converted;
  side.weighted.unsubscribed += w * cell.unsubscribed;
  side.weighted.offerCost += w * cell.offerCostSum;
  side.weighted.sendCost += w * cell.sendCostSum;
  side.weighted.net += w * cell.netSum;
  addMoments(side.worth, cell.converted, { sum: cell.worthSum, m2: cell.worthM2, decay });
  addMoments(side.net, cell.entries, { sum: cell.netSum, m2: cell.netM2, decay });
}

/** The evidence of each policy by band, in the order of `policies`; evidence that no policy stands for is left out. */
export function sumEvidence(input: {
  policies: readonly Pick<LearnedPolicy, 'segment' | 'action'>[];
  evidence: readonly EvidenceCell[];
  bands: number;
  /** What a week leaves of older evidence; 1: nothing is forgotten. */
  weeklyDecay: number;
}): BandSums[][] {
  const sums = input.policies.map(() =>
    Array.from({ length: input.bands }, () => ({ treated: emptySide(), heldOut: emptySide() })),
  );
  const bySegment = new Map<string, Map<string, BandSums[]>>();
  input.policies.forEach(({ segment, action }, at) => {
    const byAction = bySegment.get(segment) ?? new Map<string, BandSums[]>();
    bySegment.set(segment, byAction.set(action, sums[at] ?? []));
  });
  const decays: number[] = [];
  for (const cell of input.evidence) {
    const band = bySegment.get(cell.segment)?.get(cell.action)?.[cell.band];
    if (!band || !(cell.probability > 0)) continue;
    const decay = (decays[cell.ageWeeks] ??= input.weeklyDecay ** cell.ageWeeks);
    addCell(cell.treated ? band.treated : band.heldOut, cell, decay);
  }
  return sums;
}
