import type { LearningMode } from '../domain/learning.ts';
import type { SwitchLine } from '../domain/threshold-ledger.ts';

/** How a segment's learning is switched. */
export interface SegmentSwitches {
  mode: LearningMode;
  /** The turn of the hand brake that holds it; null: it is off. */
  frozenBy: SwitchLine | null;
}

/**
 * What holds for a segment: the newest turn that names it or the whole campaign, so that the last word counts and a campaign
 * that is switched off is off everywhere; without any, the mode of the campaign's file.
 */
export function switchesOf(
  switches: readonly SwitchLine[],
  of: { segment: string; campaignMode: LearningMode },
): SegmentSwitches {
  const applying = switches
    .filter((line) => line.segment === of.segment || line.segment === '*')
    .toSorted((a, b) => b.switchNo - a.switchNo);
  const brake = applying.find((line) => line.frozen !== null);
  return {
    mode: applying.find((line) => line.mode !== null)?.mode ?? of.campaignMode,
    frozenBy: brake?.frozen === true ? brake : null,
  };
}
