import { scaleLinear, type ScaleLinear } from 'd3-scale';
import type { ReactNode } from 'react';
import type { Estimate } from '../../api/v1/schemas/results.ts';
import './interval-axis.css';

/** Whether the interval lies on one side of zero; the word beside the bar says it too. */
export type IntervalTone = 'better' | 'worse' | 'open';

/** From values to per cent of the drawing's width. */
export type IntervalScale = ScaleLinear<number, number>;

const TICKS = 4;
const HEIGHT = 26;

/** One scale for all bars that are compared; zero is always on it. `extra`: margins and such. */
export function intervalScale(
  values: readonly ({ low: number; high: number } | null)[],
  extra: readonly number[] = [],
): IntervalScale {
  const ends = values.flatMap((value) => (value === null ? [] : [value.low, value.high]));
  const [low, high] = [Math.min(0, ...ends, ...extra), Math.max(0, ...ends, ...extra)];
  const span = high - low || 1;
  return scaleLinear()
    .domain([low - span * 0.03, high + span * 0.03])
    .range([2, 98])
    .nice(TICKS);
}

interface IntervalBarProps {
  scale: IntervalScale;
  estimate: Estimate | null;
  /** A wider interval behind it, such as the always-valid one. */
  reach?: { low: number; high: number } | null | undefined;
  /** A limit, drawn dashed. */
  margin?: number | null;
  tone: IntervalTone;
  /** The same in words, for screen readers. */
  label: string;
}

/** A value with its interval on the shared axis, with the zero line. */
export function IntervalBar({ scale, estimate, reach, margin = null, tone, label }: IntervalBarProps): ReactNode {
  const x = (value: number): string => `${scale(value)}%`;
  const middle = HEIGHT / 2;
  return (
    <svg className={`interval interval-${tone}`} height={HEIGHT} role="img" aria-label={label}>
      {scale.ticks(TICKS).map((tick) => (
        <line key={tick} className="grid" x1={x(tick)} x2={x(tick)} y1={0} y2={HEIGHT} />
      ))}
      <line className="zero" x1={x(0)} x2={x(0)} y1={0} y2={HEIGHT} />
      {margin !== null && <line className="margin" x1={x(margin)} x2={x(margin)} y1={0} y2={HEIGHT} />}
      {reach && <line className="reach" x1={x(reach.low)} x2={x(reach.high)} y1={middle} y2={middle} />}
      {estimate && (
        <>
          <rect
            className="bar"
            x={x(estimate.low)}
            width={`${Math.max(scale(estimate.high) - scale(estimate.low), 0.4)}%`}
            y={6}
            height={HEIGHT - 12}
            rx={3}
          />
          <line className="value" x1={x(estimate.value)} x2={x(estimate.value)} y1={4} y2={HEIGHT - 4} />
        </>
      )}
    </svg>
  );
}

/** The numbers of the shared axis, under the bars. */
export function IntervalTicks({ scale, text }: { scale: IntervalScale; text(value: number): string }): ReactNode {
  return (
    <svg className="interval" height={18} aria-hidden="true">
      {scale.ticks(TICKS).map((tick) => (
        <text key={tick} x={`${scale(tick)}%`} y={13} textAnchor="middle">
          {text(tick)}
        </text>
      ))}
    </svg>
  );
}

/** Which side of zero an interval lies on. `lessIsBetter`: harms. */
export function toneOf(interval: { low: number; high: number } | null, lessIsBetter = false): IntervalTone {
  if (interval === null || (interval.low <= 0 && interval.high >= 0)) return 'open';
  return interval.low > 0 === !lessIsBetter ? 'better' : 'worse';
}
