import type { ReadInputs } from '../../domain/read-inputs.ts';
import { armProbability, type Pair } from './design.ts';

/** Whether the newest entries of the arm's action had a chance of falling into it: an arm of an old version gets no more. */
export function isStillDrawn(inputs: ReadInputs, { action, arm }: Pick<Pair, 'action' | 'arm'>): boolean {
  const strata = new Map(
    inputs.strata.filter((stratum) => stratum.action === action).map((stratum) => [stratum.stratum, stratum]),
  );
  const own = inputs.cells.filter((cell) => cell.slice === null && strata.has(cell.stratum));
  const newest = own.reduce((day, cell) => (cell.day > day ? cell.day : day), '');
  return own.some((cell) => {
    const stratum = strata.get(cell.stratum);
    return cell.day === newest && stratum !== undefined && armProbability(stratum, arm) > 0;
  });
}
