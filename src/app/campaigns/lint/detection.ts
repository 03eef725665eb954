import type { Campaign } from '../../../domain/campaign.schema.ts';
import { chanceToSee, entriesToSee, liftToSee, type Baseline, type Design } from '../../../experiments/power.ts';
import type { CampaignFacts } from './facts.ts';
import type { ActionForecast } from './forecast.ts';

/** What so many days can show: entries whose outcome window is over by then. */
export interface Horizon {
  days: number;
  entries: number;
  /** Chance to see `goal.minLift` by then. */
  power: number;
  /** The smallest relative lift that is seen with probability 0.8; null: none. */
  lift: number | null;
}

/** Whether an action's effect can be seen with this audience, on its hardest comparison, by the read's daily looks. */
export interface Detection {
  action: string;
  /** Arm that is compared, and with what. */
  arm: string;
  against: 'control' | 'holdout';
  /** What is compared: the share that reaches the goal, or revenue per entry in minor units. */
  metric: 'rate' | 'revenue';
  /** Share that reaches the goal without treatment. */
  baseRate: number;
  baseRateFrom: 'file' | 'events';
  /** Treated arms of the campaign, which share the chance of a false verdict: each is judged at 1 − 0.05/arms. */
  arms: number;
  entriesNeeded: number;
  entriesToday: number;
  entriesPerDay: number;
  /** Days until enough users have entered and their outcome window is over; null: never at this rate. */
  days: number | null;
  /** The same for a single look at the end, which may not be repeated. */
  daysAtOneLook: number | null;
  /** At the campaign's planned end, or after 28 and 90 days. */
  horizons: Horizon[];
  /** The relative lift that a year of entries could tell; null: none. */
  yearLift: number | null;
  /** Shares of the entries that the two compared groups get. */
  shareTreated: number;
  shareControl: number;
}

const ENOUGH_WARNINGS = 100;
const YEAR_DAYS = 365;
const USUAL_DAYS = [28, 90];
const DAY_MS = 86_400_000;
const FALSE_VERDICTS = 0.05;

/** The control's rate: the file's, else what the audience's past warnings came to; null where neither is known. */
export function baseRate(
  campaign: Campaign,
  facts: CampaignFacts,
): { rate: number; from: Detection['baseRateFrom'] } | null {
  if (campaign.goal.baseRate !== undefined) return { rate: campaign.goal.baseRate, from: 'file' };
  const { warnings, rate } = facts.measured;
  return warnings >= ENOUGH_WARNINGS && rate > 0 ? { rate, from: 'events' } : null;
}

/**
 * The goal per entry without treatment. Revenue is rate × amount of a goal event, with the spread of both:
 * r(s² + m²) − (rm)², one goal event for each who reaches it; null where no amounts are known.
 */
function baselineOf(campaign: Campaign, facts: CampaignFacts, rate: number): Baseline | null {
  if (campaign.goal.value === 'count') return { kind: 'rate', rate };
  const { averageMinor, spreadMinor } = facts.measured;
  if (averageMinor === null || spreadMinor === null) return null;
  const mean = rate * averageMinor;
  return { kind: 'mean', mean, sd: Math.sqrt(rate * (spreadMinor ** 2 + averageMinor ** 2) - mean ** 2) };
}

/** The power of each action for the lift `goal.minLift`; empty where no base rate, or for revenue no amount, is known. */
export function detections(campaign: Campaign, facts: CampaignFacts, forecast: readonly ActionForecast[]): Detection[] {
  const base = baseRate(campaign, facts);
  const baseline = base && baselineOf(campaign, facts, base.rate);
  if (base === null || baseline === null) return [];
  const arms = forecast.reduce((sum, action) => sum + treatedArms(action).length, 0);
  const audience = facts.audience.reduce((users, cell) => users + cell.users, 0);
  return forecast.flatMap((action) => {
    const weakest = hardestContrast(action);
    if (weakest === null) return [];
    const inside = facts.audience
      .filter((cell) => cell.action === action.action)
      .reduce((users, cell) => users + cell.inside, 0);
    const entriesPerDay = audience === 0 ? 0 : (facts.warnedPerDay * inside) / audience;
    const { shareTreated, shareControl } = weakest;
    const alpha = FALSE_VERDICTS / Math.max(1, arms);
    const design: Design = { baseline, shareTreated, shareControl, alpha, looks: 'daily' };
    const stream = { today: action.inside.entries, perDay: entriesPerDay, windowDays: campaign.goal.windowDays };
    const needed = entriesToSee(design, campaign.goal.minLift);
    const atOneLook = entriesToSee({ ...design, looks: 'once' }, campaign.goal.minLift);
    return [
      {
        action: action.action,
        ...weakest,
        metric: baseline.kind === 'rate' ? 'rate' : 'revenue',
        baseRate: base.rate,
        baseRateFrom: base.from,
        arms,
        entriesNeeded: needed,
        entriesToday: stream.today,
        entriesPerDay,
        days: daysUntil(needed, stream),
        daysAtOneLook: daysUntil(atOneLook, stream),
        horizons: horizonDays(campaign, facts.decisionAt).map((days) => horizon({ campaign, design, stream, days })),
        yearLift: finite(liftToSee(design, stream.today + entriesPerDay * YEAR_DAYS)),
      },
    ];
  });
}

interface Stream {
  today: number;
  perDay: number;
  windowDays: number;
}

function daysUntil(needed: number, { today, perDay, windowDays }: Stream): number | null {
  const missing = Math.max(0, needed - today);
  if (missing > 0 && (perDay <= 0 || !Number.isFinite(missing))) return null;
  return Math.ceil(missing === 0 ? 0 : missing / perDay) + windowDays;
}

function horizonDays({ schedule, goal }: Campaign, now: Date): number[] {
  if (schedule.until === undefined) return USUAL_DAYS;
  const running = Math.ceil((Date.parse(schedule.until) + DAY_MS - now.getTime()) / DAY_MS);
  // The last ones to enter are counted once their outcome window is over.
  return running > 0 ? [running + goal.windowDays] : [];
}

function horizon(of: { campaign: Campaign; design: Design; stream: Stream; days: number }): Horizon {
  const { campaign, design, stream, days } = of;
  const opened = days - stream.windowDays;
  const entries = opened < 0 ? 0 : stream.today + stream.perDay * opened;
  const power = chanceToSee(design, { lift: campaign.goal.minLift, entries });
  return { days, entries, power, lift: finite(liftToSee(design, entries)) };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function treatedArms(action: ActionForecast): ActionForecast['arms'] {
  return action.arms.filter((arm) => !arm.control && (action.armShares[arm.arm] ?? 0) > 0);
}

/** The treated arm with the smallest share against the control arm, or against the held-out where there is no control; entries inside. */
function hardestContrast(
  action: ActionForecast,
): Pick<Detection, 'arm' | 'against' | 'shareTreated' | 'shareControl'> | null {
  const { treated } = action.inside;
  const share = (arm: string): number => treated * (action.armShares[arm] ?? 0);
  const control = action.arms.find((arm) => arm.control && share(arm.arm) > 0);
  const [arm] = treatedArms(action).toSorted((a, b) => share(a.arm) - share(b.arm));
  if (!arm) return null;
  const shared = { arm: arm.arm, shareTreated: share(arm.arm) };
  return control
    ? { ...shared, against: 'control', shareControl: share(control.arm) }
    : { ...shared, against: 'holdout', shareControl: 1 - treated };
}
