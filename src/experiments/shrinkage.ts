/** An effect of one group (segment, arm) with the variance of its estimate. */
export interface MeasuredEffect {
  value: number;
  variance: number;
}

/** Groups drawn towards their common mean: tau2 is the variance between them, mu the mean that they share. */
export interface ShrunkEffects {
  tau2: number;
  mu: number;
  posterior: { mean: number; sd: number }[];
}

/** The weighted mean at a given tau2, and Q = Σ (y − mu)²/(v + tau2). */
function heterogeneity(effects: readonly MeasuredEffect[], tau2: number): { mu: number; q: number; weight: number } {
  let [weight, sum] = [0, 0];
  for (const { value, variance } of effects) {
    weight += 1 / (variance + tau2);
    sum += value / (variance + tau2);
  }
  const mu = sum / weight;
  const q = effects.reduce((total, { value, variance }) => total + (value - mu) ** 2 / (variance + tau2), 0);
  return { mu, q, weight };
}

/** tau2 by moments (DerSimonian and Laird 1986): (Q − (g − 1))/(Σw − Σw²/Σw), not under 0. */
function dersimonianLaird(effects: readonly MeasuredEffect[]): number {
  const { q, weight } = heterogeneity(effects, 0);
  const squares = effects.reduce((sum, { variance }) => sum + 1 / variance ** 2, 0);
  const scale = weight - squares / weight;
  return scale > 0 ? Math.max(0, (q - (effects.length - 1)) / scale) : 0;
}

const HALVINGS = 200;

/** tau2 at which Q equals its expectation g − 1 (Paule and Mandel 1982), by halving; 0 where Q is under it already. */
function pauleMandel(effects: readonly MeasuredEffect[]): number {
  const expected = effects.length - 1;
  if (heterogeneity(effects, 0).q <= expected) return 0;
  let [low, high] = [0, Math.max(...effects.map(({ variance }) => variance))];
  while (heterogeneity(effects, high).q > expected) high *= 2;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (heterogeneity(effects, middle).q > expected) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Empirical Bayes: each effect is drawn to the common mean by how noisy it is, posterior mean (v·mu + tau2·y)/(v + tau2). Against
 * the winner's curse when many segments are looked at. Null for no effects, or where a variance isn't positive.
 */
export function shrinkEffects(
  effects: readonly MeasuredEffect[],
  method: 'dersimonian_laird' | 'paule_mandel',
): ShrunkEffects | null {
  if (effects.length === 0 || effects.some(({ variance }) => !(variance > 0))) return null;
  const tau2 = method === 'paule_mandel' ? pauleMandel(effects) : dersimonianLaird(effects);
  const { mu } = heterogeneity(effects, tau2);
  const posterior = effects.map(({ value, variance }) => ({
    mean: (variance * mu + tau2 * value) / (variance + tau2),
    sd: Math.sqrt((variance * tau2) / (variance + tau2)),
  }));
  return { tau2, mu, posterior };
}
