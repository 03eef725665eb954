import type { Judged } from './accuracy.ts';

/** Columns that are numbers; every other one but the id and the answer is a category. */
const NUMBERS = ['tenure', 'MonthlyCharges', 'TotalCharges', 'SeniorCitizen'];
const OTHERS = ['customerID', 'Churn'];
const FOLDS = 5;
const ROUNDS = 12;
/** A little shrinkage: TotalCharges and tenure nearly say the same. */
const RIDGE = 1;

/** One column per number (standardised) and per category but the first. */
function designMatrix(customers: readonly Record<string, string>[]): number[][] {
  const names = Object.keys(customers[0] ?? {}).filter((name) => !OTHERS.includes(name));
  const columns = names.flatMap((name) => {
    const values = customers.map((customer) => customer[name] ?? '');
    if (!NUMBERS.includes(name)) {
      return [...new Set(values)]
        .toSorted()
        .slice(1)
        .map((category) => values.map((value) => Number(value === category)));
    }
    const numbers = values.map(Number);
    const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    const sd = Math.sqrt(numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / numbers.length);
    return [numbers.map((value) => (value - mean) / sd)];
  });
  return customers.map((_, row) => [1, ...columns.map((column) => column[row]!)]);
}

/** Solves a symmetric positive definite system by Gaussian elimination. */
function solve(matrix: number[][], right: number[]): number[] {
  const n = right.length;
  for (let pivot = 0; pivot < n; pivot++) {
    for (let row = pivot + 1; row < n; row++) {
      const factor = matrix[row]![pivot]! / matrix[pivot]![pivot]!;
      for (let column = pivot; column < n; column++) matrix[row]![column]! -= factor * matrix[pivot]![column]!;
      right[row]! -= factor * right[pivot]!;
    }
  }
  for (let row = n - 1; row >= 0; row--) {
    for (let column = row + 1; column < n; column++) right[row]! -= matrix[row]![column]! * right[column]!;
    right[row]! /= matrix[row]![row]!;
  }
  return right;
}

const chanceOf = (features: readonly number[], weights: readonly number[]): number =>
  1 / (1 + Math.exp(-features.reduce((sum, value, at) => sum + value * weights[at]!, 0)));

function fit(rows: readonly number[][], answers: readonly number[]): number[] {
  const size = rows[0]!.length;
  let weights = Array.from({ length: size }, () => 0);
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = weights.map((weight, at) => (at === 0 ? 0 : -RIDGE * weight));
    const hessian = weights.map((_, i) => weights.map((__, j) => (i === j ? RIDGE : 0)));
    rows.forEach((row, at) => {
      const chance = chanceOf(row, weights);
      const weight = chance * (1 - chance);
      for (let i = 0; i < size; i++) {
        gradient[i]! += (answers[at]! - chance) * row[i]!;
        if (row[i] === 0) continue;
        for (let j = 0; j < size; j++) hessian[i]![j]! += weight * row[i]! * row[j]!;
      }
    });
    const step = solve(hessian, gradient);
    weights = weights.map((own, at) => own + step[at]!);
  }
  return weights;
}

/** Scores of a logistic regression for customers with a `Churn` column, each by a fit on the other folds. */
export function logisticScores(customers: readonly Record<string, string>[]): Judged[] {
  const rows = designMatrix(
    customers.map((customer) => ({ ...customer, TotalCharges: customer.TotalCharges?.trim() || '0' })),
  );
  const answers = customers.map((customer) => Number(customer.Churn === 'Yes'));
  const folds = Array.from({ length: FOLDS }, (_, fold) => {
    const other = rows.flatMap((__, at) => (at % FOLDS === fold ? [] : [at]));
    return fit(
      other.map((at) => rows[at]!),
      other.map((at) => answers[at]!),
    );
  });
  return rows.map((row, at) => ({ score: chanceOf(row, folds[at % FOLDS]!), left: answers[at] === 1 }));
}
