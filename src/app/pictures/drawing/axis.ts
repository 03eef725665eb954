import { scaleLinear } from 'd3-scale';

/** A straight axis: where a value lies, and the ticks with their texts. */
export interface Axis {
  /** Position of a value, in the unit of `range`. Values beyond the domain lie beyond the range. */
  at(value: number): number;
  domain: readonly [number, number];
  ticks: readonly { value: number; text: string }[];
}

interface AxisInput {
  /** Finite values that must lie on the axis. */
  values: readonly number[];
  /** Positions of the two ends; default 2 to 98 (percent of the width). */
  range?: readonly [number, number];
  ticks?: number;
  /** Values are multiplied by this before ticks are chosen: 100 for shares, 0.01 for cents. Default 1. */
  factor?: number;
}

/** An axis with round ticks over the values and zero. */
export function axisWithZero(input: AxisInput): Axis {
  const { values, range = [2, 98], ticks = 5, factor = 1 } = input;
  const shown = [0, ...values.filter(Number.isFinite)].map((value) => value * factor);
  const [low, high] = [Math.min(...shown), Math.max(...shown)];
  const scale = scaleLinear(low === high ? [low, low + 1] : [low, high], range).nice(ticks);
  const format = scale.tickFormat(ticks);
  const [from = 0, to = 1] = scale.domain();
  return {
    at: (value) => scale(value * factor),
    domain: [from / factor, to / factor],
    ticks: scale.ticks(ticks).map((tick) => ({ value: tick / factor, text: format(tick) })),
  };
}

const ROUND = 1000;

/** A coordinate with three decimals. */
export function px(value: number): string {
  return String(Math.round(value * ROUND) / ROUND);
}

/** A coordinate in percent of the width. */
export function pc(value: number): string {
  return `${px(value)}%`;
}
