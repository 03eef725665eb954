import type { EvidenceCell, LearnedPolicy, LearnInput } from '../../src/domain/learning.ts';

/** A policy that treats scores from 0.5, in the mode suggest. */
export function aPolicy(changes: Partial<LearnedPolicy> = {}): LearnedPolicy {
  return {
    segment: 'shopper',
    action: 'coupon',
    policyVersion: 1,
    lo: 0.5,
    hi: 1,
    inside: 0.9,
    outside: 0.05,
    exploreWidth: 1 / 6,
    treatByBand: null,
    armShares: { big: 0.5, small: 0.5 },
    mode: 'suggest',
    freezes: [],
    weeksSinceMove: null,
    ...changes,
  };
}

/** A cell of 12 bands without any costs; worth 3,000 a conversion. */
export function aCell(changes: Partial<EvidenceCell>): EvidenceCell {
  const converted = changes.converted ?? 0;
  const entries = changes.entries ?? 0;
  return {
    segment: 'shopper',
    action: 'coupon',
    band: 6,
    ageWeeks: 0,
    treated: true,
    probability: 0.5,
    entries,
    converted,
    worthSum: 3_000 * converted,
    worthM2: 1_000 ** 2 * converted,
    offersUsed: 0,
    offerCostSum: 0,
    sendCostSum: 0,
    unsubscribed: 0,
    complained: 0,
    netSum: 3_000 * converted,
    netM2: 3_000 ** 2 * converted,
    ...changes,
  };
}

interface Side {
  entries: number;
  converted: number;
  unsubscribed?: number;
}

/** Both sides of one band; margin, offer and send in minor units. */
export function cellsOf(input: {
  band: number;
  treated: Side;
  heldOut: Side;
  segment?: string;
  action?: string;
  margin?: number;
  /** Worth of a treated order against a held-out one. */
  orderFactor?: number;
  offer?: number;
  send?: number;
  probability?: number;
  ageWeeks?: number;
}): EvidenceCell[] {
  const { band, segment = 'shopper', action = 'coupon', margin = 3_000, offer = 500, send = 5 } = input;
  const { probability = 0.5, ageWeeks = 0, orderFactor = 1 } = input;
  const cell = (side: Side, treated: boolean): EvidenceCell => {
    const worth = margin * (treated ? orderFactor : 1);
    const [offerCostSum, sendCostSum] = treated ? [offer * side.converted, send * side.entries] : [0, 0];
    const netSum = worth * side.converted - offerCostSum - sendCostSum;
    return aCell({
      ...side,
      segment,
      action,
      band,
      ageWeeks,
      treated,
      probability: treated ? probability : 1 - probability,
      worthSum: worth * side.converted,
      worthM2: (worth / 3) ** 2 * side.converted,
      offersUsed: treated ? side.converted : 0,
      offerCostSum,
      sendCostSum,
      netSum,
      netM2: Math.max(0, worth ** 2 * side.converted - netSum ** 2 / Math.max(1, side.entries)),
    });
  };
  return [cell(input.treated, true), cell(input.heldOut, false)];
}

/** Clear evidence: in good bands treatment brings 4 returns in 100 more, in bad ones it changes nothing but costs. */
export function goodAndBadBands(input: {
  good?: number[];
  bad?: number[];
  scale?: number;
  segment?: string;
}): EvidenceCell[] {
  const entries = Math.round(6_000 * (input.scale ?? 1));
  const segment = input.segment ?? 'shopper';
  const band = (at: number, gain: number): EvidenceCell[] =>
    cellsOf({
      band: at,
      segment,
      treated: { entries, converted: Math.round(entries * (0.06 + gain)) },
      heldOut: { entries, converted: Math.round(entries * 0.06) },
    });
  return [
    ...(input.good ?? []).flatMap((at) => band(at, 0.04)),
    ...(input.bad ?? []).flatMap((at) => band(at, -0.005)),
  ];
}

/** A campaign of one policy with 100 users a week in every band. */
export function aLearnInput(changes: Partial<LearnInput> = {}): LearnInput {
  const policies = changes.policies ?? [aPolicy()];
  return {
    campaignId: 'spring',
    asOf: '2026-03-02T00:00:00.000Z',
    currency: 'USD',
    bands: 12,
    bounds: { lo: 0, hi: 1 },
    policies,
    evidence: [],
    usersPerWeek: policies.flatMap(({ segment, action }) =>
      Array.from({ length: 12 }, (_, band) => ({ segment, action, band, users: 100 })),
    ),
    unsubscribeCost: 800,
    unsubscribeMargin: 0.005,
    complaintMargin: 0.001,
    inferiorGuardrails: [],
    cooldownWeeks: 2,
    budgetPerWeek: null,
    thompson: null,
    ...changes,
  };
}

/** Whether every number in a result is finite: JSON would turn the others to null. */
export function everyNumber(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'object' && value !== null) return Object.values(value).every(everyNumber);
  return typeof value !== 'string' || !/NaN|Infinity|undefined/.test(value);
}
