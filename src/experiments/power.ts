/** Normal quantiles of the two-sided level 0.05 and of the powers that we offer. */
const Z_ALPHA = 1.959963984540054;
const Z_POWER = { 0.8: 0.8416212335729143, 0.9: 1.2815515655446004 } as const;

/** Two groups of one experiment: the control's rate, and the share of all entries that each group gets (0..1). */
export interface Contrast {
  baseRate: number;
  shareTreated: number;
  shareControl: number;
  /** Probability of finding an effect that is there; default 0.8. */
  power?: keyof typeof Z_POWER;
}

function zSum(contrast: Contrast): number {
  return Z_ALPHA + Z_POWER[contrast.power ?? 0.8];
}

/**
 * Entries that the experiment needs in all to tell `baseRate` from `baseRate·(1 + lift)`, two-sided level 0.05:
 * n₁ = (z₁₋α/₂ + z_power)²·(p₁q₁ + p₀q₀·n₁/n₀)/(p₁ − p₀)² (unpooled variance; Fleiss, Statistical Methods for Rates and
 * Proportions), divided by the treated share. Infinity where a group is empty or the rates can't differ.
 */
export function entriesNeeded(contrast: Contrast & { lift: number }): number {
  const { baseRate, shareTreated, shareControl, lift } = contrast;
  const treatedRate = Math.min(1, baseRate * (1 + lift));
  const difference = treatedRate - baseRate;
  if (shareTreated <= 0 || shareControl <= 0 || difference <= 0) return Infinity;
  const ratio = shareControl / shareTreated;
  const variance = treatedRate * (1 - treatedRate) + (baseRate * (1 - baseRate)) / ratio;
  return Math.ceil((zSum(contrast) ** 2 * variance) / difference ** 2 / shareTreated);
}

const HALVINGS = 60;

/** The smallest relative lift that so many entries can tell from nothing, by bisection; Infinity where none can be. */
export function detectableLift(contrast: Contrast & { entries: number }): number {
  const largest = (1 - contrast.baseRate) / contrast.baseRate;
  if (!(entriesNeeded({ ...contrast, lift: largest }) <= contrast.entries)) return Infinity;
  let [low, high] = [0, largest];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (entriesNeeded({ ...contrast, lift: middle }) <= contrast.entries) high = middle;
    else low = middle;
  }
  return high;
}
