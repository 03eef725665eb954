import { Group, Text } from '@mantine/core';
import { scaleLinear } from 'd3-scale';
import { useId, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { BandValue, ReportedPolicy, ThresholdReport } from '../../../api/v1/schemas/thresholds.ts';
import { toneOf } from '../../parts/interval-axis.tsx';
import { useEffectText } from '../results/use-effect-text.ts';
import { bandText, exploredRanges, scoreText, type ScoreRange } from './scores.ts';
import './band-chart.css';

const HEIGHT = 230;
const TOP = 22;
const BOTTOM = 200;
const SCORES = [0, 0.25, 0.5, 0.75, 1];
/** Score range that the text of an edge takes on a phone. */
const LABEL_ROOM = 0.2;

const x = scaleLinear().domain([0, 1]).range([10, 99]);
const percent = (score: number): string => `${x(score)}%`;

/** Net value by score band with intervals, over the shaded interval [lo, hi) and the hatched exploration band. */
export function BandChart({ report, policy }: { report: ThresholdReport; policy: ReportedPolicy }): ReactNode {
  const t = useTranslations('thresholds');
  const hatch = useId();
  const text = useEffectText({ kind: 'mean', currency: report.currency });
  const { values, inForce } = policy;
  const wide = inForce.hi - inForce.lo >= 2 * LABEL_ROOM;
  const y = scaleLinear()
    .domain([
      Math.min(0, ...values.map(({ posterior }) => posterior.low)),
      Math.max(0, ...values.map(({ posterior }) => posterior.high)),
    ])
    .nice(4)
    .range([BOTTOM, TOP]);
  const label = values.map(({ band, posterior }) => `${bandText(band, report.bands)}: ${text.interval(posterior)}`);
  return (
    <div>
      <svg className="band-chart" height={HEIGHT} role="img" aria-label={`${t('value')}. ${label.join('; ')}`}>
        <defs>
          <pattern id={hatch} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line className="hatch" x1="0" x2="0" y1="0" y2="7" />
          </pattern>
        </defs>
        {inForce.hi > inForce.lo && <Stripe range={{ from: inForce.lo, to: inForce.hi }} className="inside" />}
        {exploredRanges(inForce).map((range) => (
          <Stripe key={range.from} range={range} fill={`url(#${hatch})`} />
        ))}
        {y.ticks(4).map((tick) => (
          <g key={tick}>
            <line className={tick === 0 ? 'zero' : 'grid'} x1={percent(0)} x2={percent(1)} y1={y(tick)} y2={y(tick)} />
            <text x="9%" y={y(tick) + 4} textAnchor="end">
              {text.level(tick)}
            </text>
          </g>
        ))}
        <Edge name="lo" at={inForce.lo} left={!wide && inForce.lo >= LABEL_ROOM} />
        <Edge name="hi" at={inForce.hi} left={wide || inForce.hi > 1 - LABEL_ROOM} />
        {values.map((value) => (
          <Column key={value.band} value={value} bands={report.bands} y={y} />
        ))}
        {SCORES.map((score) => (
          <text key={score} x={percent(score)} y={HEIGHT - 8} textAnchor={score === 1 ? 'end' : 'middle'}>
            {scoreText(score)}
          </text>
        ))}
      </svg>
      <Legend hatch={hatch} />
    </div>
  );
}

function Stripe({ range, ...look }: { range: ScoreRange; className?: string; fill?: string }): ReactNode {
  return (
    <rect
      {...look}
      x={percent(range.from)}
      width={`${x(range.to) - x(range.from)}%`}
      y={TOP - 16}
      height={BOTTOM - TOP + 16}
    />
  );
}

function Edge({ name, at, left }: { name: 'lo' | 'hi'; at: number; left: boolean }): ReactNode {
  const t = useTranslations('thresholds');
  return (
    <g>
      <line className="edge" x1={percent(at)} x2={percent(at)} y1={TOP - 16} y2={BOTTOM} />
      <text className="edge-name" x={percent(at)} dx={left ? -4 : 4} y={TOP - 6} textAnchor={left ? 'end' : 'start'}>
        {t(`edge.${name}`, { score: scoreText(at) })}
      </text>
    </g>
  );
}

function Column(props: { value: BandValue; bands: number; y(value: number): number }): ReactNode {
  const { value, bands, y } = props;
  const { band, posterior, leaveAlone } = value;
  const middle = percent((band + 0.5) / bands);
  const top = Math.min(y(posterior.value), y(0));
  return (
    <g className={`column interval-${toneOf(posterior)}`}>
      <rect
        x={percent((band + 0.15) / bands)}
        width={`${x(0.7 / bands) - x(0)}%`}
        y={top}
        height={Math.max(Math.abs(y(posterior.value) - y(0)), 1)}
      />
      <line x1={middle} x2={middle} y1={y(posterior.low)} y2={y(posterior.high)} />
      {leaveAlone && (
        <text className="alone" x={middle} y={y(posterior.low) + 14} textAnchor="middle">
          ×
        </text>
      )}
    </g>
  );
}

function Legend({ hatch }: { hatch: string }): ReactNode {
  const t = useTranslations('thresholds');
  return (
    <Group gap="md">
      <Text size="sm" c="dimmed">
        <svg className="band-chart legend" width="18" height="12" aria-hidden="true">
          <rect className="inside" width="18" height="12" />
        </svg>{' '}
        {t('legendInside')}
      </Text>
      <Text size="sm" c="dimmed">
        <svg className="band-chart legend" width="18" height="12" aria-hidden="true">
          <rect fill={`url(#${hatch})`} width="18" height="12" />
        </svg>{' '}
        {t('legendExplore')}
      </Text>
      <Text size="sm" c="dimmed">
        {t('legendAlone')}
      </Text>
    </Group>
  );
}
