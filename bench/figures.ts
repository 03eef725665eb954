/** One figure beside its reference, both from the same run. `ratio` is value / reference in the sense of `target`. */
export interface BenchResult {
  figure: string;
  value: number;
  reference: number;
  ratio: number;
  target: string;
  met: boolean;
}

/** Middle value; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[sorted.length / 2 - 1] ?? Number.NaN)) / 2;
}

/** A result as one line. */
export function line(result: BenchResult): string {
  const round = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
  return `${result.met ? 'met    ' : 'NOT MET'}  ${result.figure}: ${round(result.value)} against ${round(result.reference)} = ${result.ratio.toFixed(2)} (target ${result.target})`;
}
