import { Group, Progress, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { ChannelCounts, ChannelForecast, WaveProgress, WaveReport } from '../../../api/v1/schemas/waves.ts';
import { useMay } from '../../app/viewer.tsx';
import { AppLink } from '../../parts/app-link.tsx';
import { Section } from '../../parts/section.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { Time } from '../../parts/time.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';
import { ThrottleButtons } from '../health/throttle-buttons.tsx';

interface SendingProps {
  report: WaveReport;
  /** What the stream said last; null: what the report says. */
  progress: WaveProgress | null;
  lost: boolean;
}

/** Per channel: sent of planned, rate, forecast and throttle; live while the wave is under way. */
export function Sending({ report, progress, lost }: SendingProps): ReactNode {
  const t = useTranslations('waves');
  const parts = useTranslations('parts');
  const format = useFormatter();
  const steps = progress?.steps ?? report.steps;
  const forecast = progress?.forecast ?? report.forecast;
  const lines = steps.flatMap(({ step, channels }) => channels.map((counts) => ({ step, counts })));
  const notPlanned = steps.reduce((sum, step) => sum + step.notPlanned, 0);
  const live = progress !== null || lost;
  return (
    <Section
      title={t('progress')}
      about={t('progressAbout')}
      actions={live && <StatusBadge tone={lost ? 'waiting' : 'running'}>{parts(lost ? 'lost' : 'live')}</StatusBadge>}
    >
      <Stack gap="md" aria-live="off">
        {notPlanned > 0 && <Text>{t('planningOf', { count: format.number(notPlanned) })}</Text>}
        {lines.length === 0 && notPlanned === 0 && <Text c="dimmed">{t('progressNone')}</Text>}
        {lines.map(({ step, counts }) => (
          <ChannelLine
            key={`${step} ${counts.channel}`}
            report={report}
            step={step}
            counts={counts}
            several={steps.length > 1}
            forecast={forecast.find(({ channel }) => channel === counts.channel)}
          />
        ))}
      </Stack>
    </Section>
  );
}

interface ChannelLineProps {
  report: WaveReport;
  step: number;
  counts: ChannelCounts;
  several: boolean;
  forecast: ChannelForecast | undefined;
}

function ChannelLine({ report, step, counts, several, forecast }: ChannelLineProps): ReactNode {
  const t = useTranslations('waves');
  const say = useGlossary();
  const format = useFormatter();
  const name = `${say('channel', counts.channel)}${several ? ` · ${t('step', { step: String(step) })}` : ''}`;
  const sent = t('sentOf', { sent: format.number(counts.accepted), planned: format.number(counts.planned) });
  const share = (part: number): number => (counts.planned === 0 ? 0 : (part / counts.planned) * 100);
  return (
    <div>
      <Group justify="space-between" gap="xs">
        <Text fw={600}>{name}</Text>
        <AppLink to={`/waves/${report.wave.waveNo}/messages`} search={{ channel: counts.channel, step }} size="sm">
          {sent}
        </AppLink>
      </Group>
      <Progress.Root size="lg" my={4}>
        <Progress.Section value={share(counts.accepted)} color="green" aria-label={`${name}: ${sent}`} />
        <Progress.Section value={share(counts.failed + counts.unknown)} color="red" aria-hidden />
        <Progress.Section
          value={share(counts.suppressed + counts.cancelled + counts.expired + counts.deferred)}
          color="gray"
          aria-hidden
        />
      </Progress.Root>
      <Leftovers report={report} step={step} counts={counts} />
      {forecast && counts.open + counts.deferred > 0 && <Forecast forecast={forecast} />}
      <Throttle report={report} channel={counts.channel} />
    </div>
  );
}

const LEFTOVERS = [
  ['failed', 'failedCount'],
  ['unknown', 'unknownCount'],
  ['deferred', 'deferredCount'],
  ['suppressed', 'suppressedCount'],
  ['cancelled', 'cancelledCount'],
  ['expired', 'expiredCount'],
  ['open', 'openCount'],
] as const;

function Leftovers({ report, step, counts }: Pick<ChannelLineProps, 'report' | 'step' | 'counts'>): ReactNode {
  const t = useTranslations('waves');
  const format = useFormatter();
  return (
    <Group gap="md">
      {LEFTOVERS.filter(([column]) => counts[column] > 0).map(([column, word]) => (
        <AppLink
          key={column}
          size="sm"
          to={`/waves/${report.wave.waveNo}/messages`}
          search={{ channel: counts.channel, step, fate: column }}
        >
          {t(word, { count: format.number(counts[column]) })}
        </AppLink>
      ))}
    </Group>
  );
}

function Forecast({ forecast }: { forecast: ChannelForecast }): ReactNode {
  const t = useTranslations('waves');
  const format = useFormatter();
  const { ratePerS, rateFrom, finishAt, lastDueAt } = forecast;
  const slow = ratePerS !== null && ratePerS < 1;
  const rate =
    ratePerS === null
      ? t('rateUnknown')
      : `${t(slow ? 'rateMinute' : 'rate', { rate: format.number(slow ? ratePerS * 60 : ratePerS, { maximumFractionDigits: 1 }) })} (${t(rateFrom === 'measured' ? 'rateMeasured' : 'rateThrottle')})`;
  const at = finishAt ?? lastDueAt;
  return (
    <Text size="sm">
      {rate}
      {at !== null && (
        <>
          {' · '}
          {t.rich(finishAt === null ? 'lastDue' : 'finishAt', { at: () => <Time at={at} /> })}
        </>
      )}
    </Text>
  );
}

function Throttle({ report, channel }: { report: WaveReport; channel: string }): ReactNode {
  const t = useTranslations('waves');
  const format = useFormatter();
  const mayOperate = useMay('operator');
  const throttle = report.throttles.find((one) => one.channel === channel);
  if (!throttle) return null;
  const { ratePerS, provider, stoppedAt, stoppedWhy } = throttle;
  return (
    <Group gap="xs">
      <Text size="sm" c="dimmed">
        {ratePerS === null ? t('noThrottle') : t('throttleAt', { rate: format.number(ratePerS), provider })}
      </Text>
      {stoppedAt !== null && <StatusBadge tone="bad">{t('channelStopped', { why: stoppedWhy ?? '' })}</StatusBadge>}
      {mayOperate && <ThrottleButtons throttle={throttle} />}
    </Group>
  );
}
