import { requireNumber, requireShape } from './argument.ts';
import { gammaSf } from './gamma.ts';

/** The upper tail of χ² with `df` degrees of freedom: Q(df/2, x/2) (DLMF 8.2.4). @throws RangeError for NaN or df that isn't positive */
export function chiSquareSf(x: number, df: number): number {
  requireNumber('x', x);
  requireShape('df', df);
  return gammaSf(x / 2, df / 2);
}
