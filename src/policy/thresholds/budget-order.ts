import type { LearningResult } from '../../domain/learning.ts';
import { coverage } from './interval-moves.ts';
import type { PolicyEvidence, WeighedMove } from './weigh-moves.ts';
import { treatsMore } from './weigh-moves.ts';

type BudgetRow = NonNullable<LearningResult['budgetOrder']>[number];

/** Value per money; what is free and good comes first. */
function valuePerCost(value: number, cost: number): number {
  if (cost > 0) return value / cost;
  return value > 0 ? Infinity : value < 0 ? -Infinity : 0;
}

/**
 * The cells that are treated or would be by one of `moves`, in order of θ/cost, `within` while the week's budget lasts
 * (EXPERIMENTS.md §2, step 7). Every policy has its moves at the same place.
 */
export function budgetOrder(input: {
  budgetPerWeek: number;
  policies: readonly PolicyEvidence[];
  moves: readonly (readonly WeighedMove[])[];
  bands: number;
}): BudgetRow[] {
  const cells = input.policies.flatMap((evidence, at) => {
    const treated = coverage(evidence.policy, input.bands);
    for (const move of (input.moves[at] ?? []).filter(treatsMore)) {
      move.gained.forEach((part, band) => (treated[band] = (treated[band] ?? 0) + part));
    }
    return treated.flatMap((part, band) => {
      if (part <= 0) return [];
      const cost = evidence.estimates[band]?.costPerTreated ?? 0;
      const order = valuePerCost(evidence.values[band]?.posterior.value ?? 0, cost);
      const weeklyCost = part * (evidence.usersPerWeek[band] ?? 0) * cost;
      return [{ segment: evidence.policy.segment, action: evidence.policy.action, band, weeklyCost, order }];
    });
  });
  let left = input.budgetPerWeek;
  return cells
    .toSorted((a, b) => (a.order === b.order ? 0 : b.order - a.order))
    .map(({ segment, action, band, weeklyCost }) => {
      left -= weeklyCost;
      return { segment, action, band, weeklyCost, within: left >= 0 };
    });
}

/** Whether the bands that a move adds are paid for; moves that add none always are. */
export function isPaidFor(order: readonly BudgetRow[] | null, evidence: PolicyEvidence, move: WeighedMove): boolean {
  if (!order || !treatsMore(move)) return true;
  const { segment, action } = evidence.policy;
  const paid = order.filter((cell) => cell.within && cell.segment === segment && cell.action === action);
  return move.gained.every((part, band) => part <= 0 || paid.some((cell) => cell.band === band));
}
