/** The interval [from, to) of neighbours with the largest sum; the empty one [0, 0) where no sum is above 0 (Kadane's algorithm). */
export function bestInterval(values: readonly number[]): { value: number; from: number; to: number } {
  let best = { value: 0, from: 0, to: 0 };
  let [sum, from] = [0, 0];
  values.forEach((value, at) => {
    if (sum <= 0) [sum, from] = [0, at];
    sum += value;
    if (sum > best.value) best = { value: sum, from, to: at + 1 };
  });
  return best;
}
