import type { ThresholdHistory } from '../../app/thresholds.ts';
import type { SwitchLine } from '../../domain/threshold-ledger.ts';
import { tableOr } from './table.ts';
import { changeWords, interval, kindWords } from './threshold-words.ts';
import { time } from './time.ts';

/** What `threshold history` prints. */
export function historyText(history: ThresholdHistory): string {
  return ['Proposals', proposals(history), '', 'Policies', policies(history), '', 'Switches', switches(history)].join(
    '\n',
  );
}

function proposals(history: ThresholdHistory): string {
  return tableOr(
    'none yet',
    ['proposal', 'as of', 'segment', 'action', 'what', 'change', 'state', 'by', 'at', 'why'],
    history.proposals.map((line) => {
      const last = line.decisions.at(-1);
      return [
        line.proposalNo,
        time(line.asOf),
        line.segment,
        line.action,
        kindWords(line.proposal.kind),
        changeWords(line.proposal),
        line.state,
        last?.actor,
        time(last?.at),
        last?.reason,
      ];
    }),
  );
}

function policies(history: ThresholdHistory): string {
  return tableOr(
    'none',
    ['segment', 'action', 'version', 'treats', 'at', 'by', 'why'],
    history.policies.map((line) => [
      line.segment,
      line.action,
      line.policyVersion,
      interval(line),
      time(line.at),
      line.actor,
      line.reason,
    ]),
  );
}

function switches(history: ThresholdHistory): string {
  return tableOr(
    'never turned',
    ['segment', 'turned', 'at', 'by', 'why'],
    history.switches.map((line) => [line.segment, turned(line), time(line.at), line.actor, line.reason]),
  );
}

function turned(line: SwitchLine): string {
  if (line.mode !== null) return `mode ${line.mode}`;
  return line.frozen === true ? 'frozen' : 'unfrozen';
}
