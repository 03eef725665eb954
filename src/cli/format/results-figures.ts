import { currencyExponent } from '../../domain/money.ts';
import type { MetricDefinition } from '../../domain/read-inputs.ts';
import type { Contrast, Estimate, GroupValue } from '../../domain/read.ts';

/** How a metric's figures are written: shares as percent, amounts in major units with a digit more than the currency has. */
export interface Figures {
  level(value: number): string;
  /** With its sign; of shares in points. `size`: the largest of the values beside it, small ones get a digit more. */
  change(value: number, size: number): string;
}

/** The figures of a metric in a currency. */
export function figuresOf(metric: Pick<MetricDefinition, 'kind'>, currency: string): Figures {
  if (metric.kind === 'rate') {
    return {
      level: (value) => `${(value * 100).toFixed(2)} %`,
      change: (value, size) => signed((value * 100).toFixed(size < 0.01 ? 3 : 2)),
    };
  }
  const exponent = currencyExponent(currency);
  const amount = (minor: number): string => (minor / 10 ** exponent).toFixed(exponent + 1);
  return { level: amount, change: (value) => signed(amount(value)) };
}

/** "+1.20 [0.40, 2.10]", – where there is none. */
export function changeText(figures: Figures, estimate: Estimate | null): string {
  if (estimate === null) return '–';
  const { value, low, high } = estimate;
  const change = (part: number): string => figures.change(part, Math.max(Math.abs(low), Math.abs(high)));
  return `${change(value)} [${change(low)}, ${change(high)}]`;
}

/** "6.50 % [6.02, 7.01]", or why there is none. */
export function levelText(figures: Figures, value: GroupValue): string {
  if (value.estimate === null) return value.why ?? '–';
  const { low, high } = value.estimate;
  return `${figures.level(value.estimate.value)} [${plain(figures.level(low))}, ${plain(figures.level(high))}]`;
}

/** Relative lift: "+22.6 % [7.1, 40.2]". */
export function relativeText(relative: Estimate | null): string {
  if (relative === null) return '–';
  const part = (value: number): string => signed((value * 100).toFixed(1));
  return `${part(relative.value)} % [${part(relative.low)}, ${part(relative.high)}]`;
}

/** The always-valid interval and p: what holds however often one looks. */
export function anyLookText(figures: Figures, contrast: Contrast): string {
  const { alwaysValid } = contrast;
  if (alwaysValid === null) return '–';
  const { low, high, p } = alwaysValid;
  const change = (part: number): string => figures.change(part, Math.max(Math.abs(low), Math.abs(high)));
  return `[${change(low)}, ${change(high)}] p ${pText(p)}`;
}

/** "0.032", "< 0.0001". */
export function pText(p: number | null): string {
  if (p === null) return '–';
  return p < 0.0001 ? '< 0.0001' : String(Number(p.toPrecision(2)));
}

/** A chance as percent: "97.6 %", "> 99.9 %". */
export function chanceText(chance: number | null): string {
  if (chance === null) return '–';
  if (chance > 0.999) return '> 99.9 %';
  return chance < 0.001 ? '< 0.1 %' : `${(chance * 100).toFixed(1)} %`;
}

function signed(text: string): string {
  return text.startsWith('-') ? text : `+${text}`;
}

function plain(text: string): string {
  return text.replace(' %', '');
}
