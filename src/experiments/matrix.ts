/** A square matrix of `size` rows, row by row. */
export interface SquareMatrix {
  size: number;
  at: Float64Array;
}

/** The matrix whose cell (i, j) is `value(i, j)`. */
export function squareMatrix(size: number, value: (row: number, column: number) => number): SquareMatrix {
  const at = new Float64Array(size * size);
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) at[i * size + j] = value(i, j);
  return { size, at };
}

/** The product a·b of two matrices of one size. */
export function multiply(a: SquareMatrix, b: SquareMatrix): SquareMatrix {
  const { size } = a;
  const at = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = a.at[i * size + k] ?? 0;
      if (factor === 0) continue;
      for (let j = 0; j < size; j++) at[i * size + j]! += factor * b.at[k * size + j]!;
    }
  }
  return { size, at };
}

/** The matrix with rows and columns swapped. */
export function transpose(a: SquareMatrix): SquareMatrix {
  return squareMatrix(a.size, (i, j) => a.at[j * a.size + i]!);
}

/** The product a·x. */
export function apply(a: SquareMatrix, x: Float64Array): Float64Array {
  const out = new Float64Array(a.size);
  for (let i = 0; i < a.size; i++) for (let j = 0; j < a.size; j++) out[i]! += a.at[i * a.size + j]! * x[j]!;
  return out;
}

/** The sum of products of two vectors of one length. */
export function dot(x: Float64Array, y: Float64Array): number {
  return x.reduce((sum, value, i) => sum + value * y[i]!, 0);
}

/**
 * Lower triangle L with L·Lᵀ = a, for a symmetric matrix that may be singular: a pivot under 10⁻¹⁴ of the largest diagonal
 * counts as 0 (Golub & Van Loan, Matrix Computations, 4.2).
 */
export function cholesky(a: SquareMatrix): SquareMatrix {
  const { size } = a;
  const lower = new Float64Array(size * size);
  let largest = 0;
  for (let i = 0; i < size; i++) largest = Math.max(largest, a.at[i * size + i]!);
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) {
      let sum = a.at[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= lower[i * size + k]! * lower[j * size + k]!;
      const pivot = lower[j * size + j]!;
      if (i === j) lower[j * size + j] = sum > largest * 1e-14 ? Math.sqrt(sum) : 0;
      else lower[i * size + j] = pivot > 0 ? sum / pivot : 0;
    }
  }
  return { size, at: lower };
}

/** log det(L·Lᵀ) of a regular lower triangle. */
export function logDeterminant(lower: SquareMatrix): number {
  let sum = 0;
  for (let i = 0; i < lower.size; i++) sum += 2 * Math.log(lower.at[i * lower.size + i]!);
  return sum;
}

/** The inverse of L·Lᵀ for a regular lower triangle L: column by column, forwards and back. */
export function inverseOf(lower: SquareMatrix): SquareMatrix {
  const { size, at } = lower;
  const inverse = new Float64Array(size * size);
  const x = new Float64Array(size);
  for (let column = 0; column < size; column++) {
    x.fill(0);
    for (let i = column; i < size; i++) {
      let sum = i === column ? 1 : 0;
      for (let k = column; k < i; k++) sum -= at[i * size + k]! * x[k]!;
      x[i] = sum / at[i * size + i]!;
    }
    for (let i = size - 1; i >= 0; i--) {
      let sum = x[i]!;
      for (let k = i + 1; k < size; k++) sum -= at[k * size + i]! * x[k]!;
      x[i] = sum / at[i * size + i]!;
    }
    for (let i = 0; i < size; i++) inverse[i * size + column] = x[i]!;
  }
  return { size, at: inverse };
}
