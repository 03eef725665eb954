import type { Knex } from 'knex';
import { livePolicies } from '../../src/db/queries/policies.ts';
import { treatProbability } from '../../src/experiments/assign.ts';
import { serving } from '../../src/learning/policies-in-force.ts';
import type { TrueSegment } from '../../tests/support/learning-world.ts';

const BANDS = 12;
const USERS_PER_WEEK = 1_500;
/** Of the campaign of the world: margin of an order, cost of a used coupon, of a message, of an unsubscribe. */
const MONEY = { margin: 30, coupon: 5, send: 0.05, unsubscribe: 8 };

const x = (band: number): number => band / (BANDS - 1);

function bump(band: number, of: { height: number; at: number; width: number }): number {
  return of.height * Math.exp(-0.5 * ((x(band) - of.at) / of.width) ** 2);
}

/** Low scores want the coupon; these buy anyway; the threshold of the third is right from the start. */
export function trueSegments(harm: () => boolean): TrueSegment[] {
  const segment = (name: string, goal: TrueSegment['goal']): TrueSegment => ({
    segment: name,
    usersPerWeek: USERS_PER_WEEK,
    goal,
    unsubscribe: (treated) => (treated && name === 'bargain' && harm() ? 0.25 : 0.005),
  });
  const untreated = (band: number): number => 0.3 * Math.exp(-3.2 * x(band));
  return [
    segment(
      'bargain',
      (band, treated) => untreated(band) + (treated ? bump(band, { height: 0.2, at: 0.4, width: 0.25 }) : 0),
    ),
    segment('faithful', () => 0.5),
    segment('fitting', (band, treated) => 0.5 + (treated ? bump(band, { height: 0.35, at: 0.8, width: 0.16 }) : 0)),
  ];
}

/** True net value of treating one user of a band, in major units. */
function worth({ goal, unsubscribe }: TrueSegment, band: number): number {
  const { margin, coupon, send } = MONEY;
  const harm = MONEY.unsubscribe * (unsubscribe(true) - unsubscribe(false));
  return (margin - coupon) * goal(band, true) - margin * goal(band, false) - send - harm;
}

const bands = Array.from({ length: BANDS }, (_, band) => band);

/** Value a week of a campaign's policies in force, by what is true, as a share of that of the best ones. */
export async function valueShare(
  db: Knex,
  { campaignId, segments }: { campaignId: string; segments: readonly TrueSegment[] },
): Promise<number> {
  const inForce = await livePolicies(db, campaignId);
  let [value, best] = [0, 0];
  for (const truth of segments) {
    const policy = serving(inForce, { segment: truth.segment, action: 'offer' });
    if (!policy) throw new Error(`nothing serves ${truth.segment}`);
    for (const band of bands) {
      const perWeek = (truth.usersPerWeek / BANDS) * worth(truth, band);
      value += treatProbability(policy, (band + 0.5) / BANDS) * perWeek;
      best += 0.95 * Math.max(0, perWeek);
    }
  }
  return value / best;
}

/** True net value of a move per week of equal bands, in major units a user: what it adds less what it takes away. */
export function trueGain(truth: TrueSegment, from: Interval, to: Interval): number {
  return bands.reduce((sum, band) => sum + (Number(isIn(to, band)) - Number(isIn(from, band))) * worth(truth, band), 0);
}

interface Interval {
  lo: number;
  hi: number;
}

function isIn({ lo, hi }: Interval, band: number): boolean {
  const middle = (band + 0.5) / BANDS;
  return middle >= lo && middle < hi;
}
