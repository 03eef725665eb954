import type { Interval } from './shapes.ts';

/**
 * Judges a harm (arm − comparator, higher is worse) against the most that is tolerated: pass only where the whole interval lies
 * under the margin, inferior where it lies above; "inconclusive" is no pass (ICH E9, 3.3.2).
 */
export function nonInferiority(harm: Interval, margin: number): 'pass' | 'inferior' | 'inconclusive' {
  if (harm.high < margin) return 'pass';
  return harm.low > margin ? 'inferior' : 'inconclusive';
}
