import type { Campaign } from '../../../domain/campaign.schema.ts';
import type { Finding } from '../file/finding.ts';
import type { Detection } from './detection.ts';
import type { CampaignFacts } from './facts.ts';

const LONG_DAYS = 90;
const YEAR_DAYS = 365;
/** Normal quantiles of the two-sided level 0.05 and of the power 0.8. */
const Z_LEVEL = 1.959963984540054;
const Z_POWER = 0.8416212335729143;

/** Effects that this audience can't show in time, with the days it takes. */
export function detectionFindings(campaign: Campaign, found: readonly Detection[], facts: CampaignFacts): Finding[] {
  const at = { rule: 'power', severity: 'warning' as const };
  if (facts.audience.length === 0) return [];
  if (found.length === 0) {
    const { goal } = campaign;
    const missing =
      goal.value === 'revenue' ? `base rate or no amounts of ${goal.event} are` : `base rate of ${goal.event} is`;
    const what = `how many days it takes to see an effect can't be told: no ${missing} known`;
    return [{ ...at, path: ['goal'], what, fix: 'add goal.baseRate, or import past warnings and events' }];
  }
  return [...found.flatMap((one) => slowFinding(campaign, one)), ...guardrailFindings(campaign, found)];
}

function pathOf(campaign: Campaign, one: Detection): (string | number)[] {
  return ['actions', campaign.actions.findIndex((action) => action.id === one.action)];
}

function slowFinding(campaign: Campaign, one: Detection): Finding[] {
  if (one.days !== null && one.days <= LONG_DAYS) return [];
  const larger = 'widen the audience, give its arms more equal shares, or accept a larger minLift';
  const fix = one.yearLift === null ? larger : `${larger} (a year can show ${percent(one.yearLift)})`;
  const what = `${one.action}: ${detectionText(one, campaign)}`;
  return [{ rule: 'power', severity: 'warning', path: pathOf(campaign, one), what, fix }];
}

/**
 * Guardrails that would stay "inconclusive" for a year, and no verdict "ship" with them: counted for two groups that are harmed
 * alike, at half the margin m: (z₁₋α/₂ + z_power)²·(m/2)(1 − m/2)(1/n₁ + 1/n₀) ≤ m². One line each, about the worst action.
 */
function guardrailFindings(campaign: Campaign, found: readonly Detection[]): Finding[] {
  const { unsubscribeMargin, complaintMargin } = campaign.guardrails;
  return Object.entries({ unsubscribeMargin, complaintMargin }).flatMap(([key, margin]) => {
    const open = found
      .map((one) => ({
        ...one,
        needed:
          ((Z_LEVEL + Z_POWER) ** 2 * (1 - margin / 2) * (1 / one.shareTreated + 1 / one.shareControl)) / (2 * margin),
        inYear: one.entriesToday + one.entriesPerDay * YEAR_DAYS,
      }))
      .filter(({ needed, inYear }) => margin > 0 && needed > inYear)
      .toSorted((a, b) => b.needed / b.inYear - a.needed / a.inYear);
    const [worst] = open;
    if (worst === undefined) return [];
    const { needed, inYear, shareControl, shareTreated } = worst;
    const [group, share] = shareControl < shareTreated ? [worst.against, shareControl] : [worst.arm, shareTreated];
    const what = `${open.map((one) => one.action).join(', ')}: ${key} can hardly pass within a year, which keeps the verdict open: ${worst.action} takes about ${Math.ceil(needed)} entries and has ${Math.round(inYear)}, ${percent(share)} of them in ${group}`;
    const fix = `give ${group === 'holdout' ? 'the holdout' : group} a larger share, widen the audience, or accept a larger margin`;
    return [{ rule: 'guardrail_power', severity: 'warning', path: ['guardrails', key], what, fix }];
  });
}

/** The power of one action in a sentence. */
export function detectionText(one: Detection, campaign: { goal: Pick<Campaign['goal'], 'minLift'> }): string {
  const what = one.metric === 'rate' ? '' : 'revenue, ';
  const lift = `a lift of ${percent(campaign.goal.minLift)} on ${what}${percent(one.baseRate)}`;
  const needs = `needs ${Number.isFinite(one.entriesNeeded) ? one.entriesNeeded : 'more than all'} entries`;
  const rate = `${one.entriesToday} today and ${one.entriesPerDay.toFixed(1)} a day`;
  const when = one.days === null ? 'it would never be seen' : `about ${one.days} days`;
  return `${lift} (${one.arm} against ${one.against}) ${needs}; with ${rate}: ${when}`;
}

/** "12.5 %": three significant digits. */
export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}
