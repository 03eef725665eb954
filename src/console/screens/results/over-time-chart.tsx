import { scaleLinear, scaleTime } from 'd3-scale';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { Change, Estimate } from '../../../api/v1/schemas/results.ts';
import { useEffectText, type Unit } from './use-effect-text.ts';
import './over-time-chart.css';

interface OverTimeChartProps {
  points: readonly { at: string; effect: Estimate }[];
  changes: readonly Change[];
  unit: Unit;
}

const HEIGHT = 220;
const TOP = 10;
const BOTTOM = 176;
const CHANGE_MARK: Record<Change['kind'], string> = {
  version: 'V',
  threshold: 'T',
  alarm: '!',
  halt: 'H',
  kill: 'K',
  learning: 'L',
};

/** Effect with its interval at each read, the zero line, and a mark at each change. */
export function OverTimeChart({ points, changes, unit }: OverTimeChartProps): ReactNode {
  const t = useTranslations('results');
  const format = useFormatter();
  const text = useEffectText(unit);
  const times = points.map(({ at }) => new Date(at));
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return null;
  const x = scaleTime().domain([first, last]).range([8, 97]);
  const y = scaleLinear()
    .domain([
      Math.min(0, ...points.map(({ effect }) => effect.low)),
      Math.max(0, ...points.map(({ effect }) => effect.high)),
    ])
    .nice(4)
    .range([BOTTOM, TOP]);
  const percent = (at: string): string => `${x(new Date(at))}%`;
  const shown = changes.filter(({ at }) => new Date(at) >= first && new Date(at) <= last);
  const label = points.map(
    ({ at, effect }) => `${format.dateTime(new Date(at), { dateStyle: 'short' })}: ${text.interval(effect)}`,
  );
  return (
    <svg className="over-time" height={HEIGHT} role="img" aria-label={`${t('overTime')}. ${label.join('; ')}`}>
      {y.ticks(4).map((tick) => (
        <g key={tick}>
          <line className={tick === 0 ? 'zero' : 'grid'} x1="8%" x2="97%" y1={y(tick)} y2={y(tick)} />
          <text x="7%" y={y(tick) + 4} textAnchor="end">
            {text.tick(tick)}
          </text>
        </g>
      ))}
      {shown.map((change) => (
        <g key={`${change.at} ${change.kind} ${change.sentence}`} className="change">
          <title>{change.sentence}</title>
          <line x1={percent(change.at)} x2={percent(change.at)} y1={TOP} y2={BOTTOM + 8} />
          <text x={percent(change.at)} y={BOTTOM + 20} textAnchor="middle">
            {CHANGE_MARK[change.kind]}
          </text>
        </g>
      ))}
      {points.map(({ at, effect }) => (
        <g key={at} className="point">
          <line x1={percent(at)} x2={percent(at)} y1={y(effect.low)} y2={y(effect.high)} />
          <circle cx={percent(at)} cy={y(effect.value)} r={4} />
        </g>
      ))}
      {x.ticks(4).map((tick) => (
        <text key={tick.getTime()} x={`${x(tick)}%`} y={HEIGHT - 6} textAnchor="middle">
          {format.dateTime(tick, { month: 'short', day: 'numeric' })}
        </text>
      ))}
    </svg>
  );
}
