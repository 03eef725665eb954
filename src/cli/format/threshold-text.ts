import type { ReportedPolicy, ThresholdReport } from '../../app/thresholds.ts';
import type { BandValue } from '../../domain/learning.ts';
import { table, tableOr } from './table.ts';
import { changeWords, deltaWords, effortWords, interval, kindWords, signed, sureness } from './threshold-words.ts';
import { time } from './time.ts';

/** What `threshold show` prints. */
export function thresholdText(report: ThresholdReport): string {
  const { cycle } = report;
  const head =
    cycle === null
      ? `${report.campaignId}: no learning cycle has run; it runs weekly, or now with: recallwave threshold propose ${report.campaignId}`
      : `${report.campaignId}: cycle ${cycle.cycleNo} as of ${time(cycle.asOf)} by ${cycle.actor}, read ${cycle.readNo}`;
  return [
    head,
    ...(cycle === null ? [] : [cycle.estimator.sentence, ...cycle.notes]),
    '',
    inForce(report.policies),
    '',
    ...report.policies.flatMap((policy) => policyText(policy, report)),
    'Open proposals',
    openProposals(report),
  ].join('\n');
}

function inForce(policies: readonly ReportedPolicy[]): string {
  return table(
    ['segment', 'action', 'policy', 'treats', 'since', 'by', 'why', 'mode', 'held by hand'],
    policies.map(({ segment, action, inForce: policy, mode, frozenBy }) => [
      segment,
      action,
      `${policy.segment === segment ? '' : `${policy.segment} `}v${policy.policyVersion}`,
      interval(policy),
      time(policy.at),
      policy.actor,
      short(policy.reason),
      mode,
      frozenBy === null ? null : `${frozenBy.actor}: ${short(frozenBy.reason)}`,
    ]),
  );
}

const LONGEST_REASON = 60;

function short(text: string): string {
  return text.length <= LONGEST_REASON ? text : `${text.slice(0, LONGEST_REASON - 1)}…`;
}

function policyText(policy: ReportedPolicy, report: ThresholdReport): string[] {
  if (policy.values.length === 0 && policy.sentence === null) return [];
  const head = `${policy.action}, ${policy.segment === '*' ? 'every other segment' : `segment ${policy.segment}`}`;
  const held = policy.freezes.map(({ sentence }) => `  frozen: ${sentence}`);
  const why = policy.freezes.length > 0 || policy.sentence === null ? [] : [`  ${policy.sentence}`];
  return [head, ...held, ...why, ...(policy.values.length === 0 ? [] : [values(policy, report)]), ''];
}

/** Net value per treated user, shrunk, with its 95 % interval. */
function values({ inForce: policy, values: bands }: ReportedPolicy, report: ThresholdReport): string {
  const { currency } = report;
  const inside = ({ band }: BandValue): boolean => {
    const middle = (band + 0.5) / report.bands;
    return middle >= policy.lo && middle < policy.hi;
  };
  return table(
    ['score', '', 'users/week', 'treated', 'held out', 'value per treated', '95 %', 'chance > 0', ''],
    bands.map((value) => [
      interval({ lo: value.band / report.bands, hi: (value.band + 1) / report.bands }),
      inside(value) ? 'treated' : null,
      Math.round(value.usersPerWeek),
      value.treated,
      value.heldOut,
      signed(value.posterior.value, currency),
      `${signed(value.posterior.low, currency)} to ${signed(value.posterior.high, currency)}`,
      sureness(value.chancePositive),
      value.leaveAlone ? 'better left alone' : null,
    ]),
  );
}

function openProposals({ open, currency, campaignId }: ThresholdReport): string {
  return tableOr(
    `none; \`recallwave threshold history ${campaignId}\` has those that are decided`,
    ['proposal', 'segment', 'action', 'what', 'change', 'worth', 'takes', 'cycle', 'read'],
    open.map(({ proposalNo, segment, action, proposal, cycleNo, readNo }) => [
      proposalNo,
      segment,
      action,
      kindWords(proposal.kind),
      changeWords(proposal),
      deltaWords(proposal, currency),
      effortWords(proposal, currency),
      cycleNo,
      readNo,
    ]),
  );
}
