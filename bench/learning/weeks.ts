import type { EvidenceCell, LearnedPolicy } from '../../src/domain/learning.ts';
import { assign, drawEntry, treatProbability } from '../../src/experiments/assign.ts';
import type { Draws } from './random.ts';
import { BANDS, CENTS, COSTS, ORDER, type BandTruth, type SegmentTruth, type World } from './worlds.ts';

export const ACTION = 'coupon';

/** How many of a band's entries are treated: one binomial draw, or every entry through the product's own assignment. */
export type Split = 'cells' | 'entries';

function treatedOf(input: {
  policy: LearnedPolicy;
  score: number;
  entries: number;
  split: Split;
  salt: string;
  draws: Draws;
}): number {
  const { policy, score, entries, split, salt, draws } = input;
  if (split === 'cells') return draws.binomial(entries, treatProbability(policy, score));
  let treated = 0;
  for (let entry = 0; entry < entries; entry++) {
    const { assignment } = assign({
      draws: drawEntry({ salt, userId: `${policy.segment}-${score.toFixed(3)}-${entry}`, n: 1 }),
      globalDraw: 1,
      globalHoldout: 0,
      holdout: 0,
      policy,
      score,
    });
    if (assignment === 'arm') treated += 1;
  }
  return treated;
}

/** Sums of one side of a band as the evidence query would give them. */
function cellOf(
  world: World,
  segment: SegmentTruth,
  side: { truth: BandTruth; band: number; treated: boolean; probability: number; entries: number },
  draws: Draws,
): EvidenceCell {
  const { truth, treated, entries, ...place } = side;
  const rate = world.kind.seenInWindow * (treated ? truth.returnTreated : truth.returnUntreated);
  const converted = draws.binomial(entries, rate);
  const unsubscribed = treated ? draws.binomial(entries, truth.unsubscribe) : 0;
  const margin = CENTS * segment.margin * (treated ? world.orderFactor : 1);
  const offer = treated ? CENTS * segment.coupon : 0;
  const send = treated ? CENTS * COSTS.send : 0;
  let [worthSum, worthSquares, netSum, netSquares] = [0, 0, 0, 0];
  for (let order = 0; order < converted; order++) {
    const worth = margin * draws.lognormal(ORDER.sigma, ORDER.cap);
    worthSum += worth;
    worthSquares += worth ** 2;
    netSum += worth - offer - send;
    netSquares += (worth - offer - send) ** 2;
  }
  const lost = CENTS * COSTS.unsubscribe * unsubscribed;
  const others = entries - converted;
  // Who unsubscribes is independent of who returns: the cross term is its expectation.
  const all = netSum - send * others;
  const squares =
    netSquares + send ** 2 * others - (2 * lost * all) / Math.max(1, entries) + CENTS * COSTS.unsubscribe * lost;
  const net = all - lost;
  return {
    ...place,
    ageWeeks: 0,
    segment: segment.name,
    action: ACTION,
    treated,
    entries,
    converted,
    worthSum,
    worthM2: converted > 0 ? Math.max(0, worthSquares - worthSum ** 2 / converted) : 0,
    offersUsed: treated ? converted : 0,
    offerCostSum: offer * converted,
    sendCostSum: send * entries,
    unsubscribed,
    complained: 0,
    netSum: net,
    netM2: entries > 0 ? Math.max(0, squares - net ** 2 / entries) : 0,
  };
}

/** One week of one segment under its policy: cells with entries, both sides, of age 0. */
export function segmentWeek(
  world: World,
  segment: SegmentTruth,
  at: { policy: LearnedPolicy; week: number; split: Split },
  draws: Draws,
): EvidenceCell[] {
  const { policy, week, split } = at;
  return segment.bands.flatMap((truth, band) => {
    const score = (band + 0.5) / BANDS;
    const e = treatProbability(policy, score);
    // Beyond the exploration band nobody enters: there would be nobody to compare with.
    if (e <= 0) return [];
    const entries = draws.round(truth.users);
    const treated = treatedOf({ policy, score, entries, split, salt: `${world.seed}:${week}`, draws });
    const sides = [
      { treated: true, entries: treated, probability: e },
      { treated: false, entries: entries - treated, probability: 1 - e },
    ];
    return sides
      .filter((side) => side.entries > 0)
      .map((side) => cellOf(world, segment, { ...side, truth, band }, draws));
  });
}
