import type { Estimate } from '../../../domain/read.ts';
import { currencyExponent } from '../../../domain/money.ts';

/** Numbers as people read them: "12.3 %", "+1.2 pp", "−0.35 CNY". */
export interface Unit {
  /** Values are multiplied by this to be shown. */
  factor: number;
  /** Behind the number, its blank included. */
  suffix: string;
  /** Most decimals that are shown. */
  decimals: number;
  /** A sign before positive values too. */
  signed: boolean;
}

/** A share in percent. */
export const SHARE: Unit = { factor: 100, suffix: ' %', decimals: 4, signed: false };

/** A relative change in percent. */
export const CHANGE: Unit = { factor: 100, suffix: ' %', decimals: 1, signed: true };

/** A difference of shares in percentage points. */
export const POINTS: Unit = { factor: 100, suffix: ' pp', decimals: 4, signed: true };

/** Money given in minor units, shown in major ones. */
export function moneyUnit(currency: string, signed: boolean): Unit {
  const exponent = currencyExponent(currency);
  return { factor: 10 ** -exponent, suffix: ` ${currency}`, decimals: exponent + 2, signed };
}

const DEFAULT_DECIMALS = 2;

/** Decimals that give the interval's width three significant digits. */
function decimalsFor(width: number, most: number): number {
  if (!(width > 0)) return Math.min(DEFAULT_DECIMALS, most);
  return Math.min(most, Math.max(0, 2 - Math.floor(Math.log10(width))));
}

function decimal(value: number, input: { decimals: number; signed: boolean }): string {
  const { decimals, signed } = input;
  const text = Math.abs(value).toLocaleString('en', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  const isZero = !/[1-9]/.test(text);
  if (isZero) return text;
  return value < 0 ? `−${text}` : signed ? `+${text}` : text;
}

/** "+1.2 pp": the value alone, with the decimals that its interval allows. */
export function valueText(estimate: Estimate, unit: Unit): string {
  const decimals = decimalsFor((estimate.high - estimate.low) * unit.factor, unit.decimals);
  return decimal(estimate.value * unit.factor, { decimals, signed: unit.signed }) + unit.suffix;
}

/** "+0.4, +2.0": the interval alone, without unit. */
export function rangeText(range: { low: number; high: number }, unit: Unit): string {
  const decimals = decimalsFor((range.high - range.low) * unit.factor, unit.decimals);
  const end = (value: number): string => decimal(value * unit.factor, { decimals, signed: unit.signed });
  return `${end(range.low)}, ${end(range.high)}`;
}

/** "+1.2 pp [+0.4, +2.0]"; a dash where there is no estimate. */
export function estimateText(estimate: Estimate | null, unit: Unit): string {
  return estimate === null ? '–' : `${valueText(estimate, unit)} [${rangeText(estimate, unit)}]`;
}

/** One number in a unit, with so many decimals. */
export function amountText(value: number, unit: Unit, decimals = DEFAULT_DECIMALS): string {
  return (
    decimal(value * unit.factor, { decimals: Math.min(decimals, unit.decimals), signed: unit.signed }) + unit.suffix
  );
}

/** 64000 → "64,000". */
export function countText(count: number): string {
  return decimal(count, { decimals: Number.isInteger(count) ? 0 : 1, signed: false });
}

const NEARLY = 0.001;

/** A probability in percent; never "0 %" or "100 %" for what is only nearly so. */
export function chanceText(chance: number | null): string {
  if (chance === null) return '–';
  if (chance < NEARLY) return '< 0.1 %';
  if (chance > 1 - NEARLY) return '> 99.9 %';
  return `${(chance * 100).toFixed(1)} %`;
}

const SMALL_P = 0.0001;

/** A p-value with four decimals. */
export function pText(p: number | null): string {
  if (p === null) return '–';
  return p < SMALL_P ? '< 0.0001' : p.toFixed(4);
}
