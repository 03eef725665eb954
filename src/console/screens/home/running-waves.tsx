import { Group, Progress, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { WaveProgress } from '../../../api/v1/schemas/waves.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Section } from '../../parts/section.tsx';
import { LocalDate, Time } from '../../parts/time.tsx';
import { WaveState } from '../waves/wave-state.tsx';

/** Waves that plan or send, each with how far it is and when it will be done. */
export function RunningWaves({ running }: { running: readonly WaveProgress[] }): ReactNode {
  const t = useTranslations('home');
  if (running.length === 0) {
    return (
      <EmptyState title={t('runningNone')} next={<AppLink to="/campaigns">{t('toCampaigns')}</AppLink>}>
        {t('runningNoneText')}
      </EmptyState>
    );
  }
  return (
    <Section title={t('running')}>
      <Stack gap="lg">
        {running.map((progress) => (
          <RunningWave key={progress.wave.waveNo} progress={progress} />
        ))}
      </Stack>
    </Section>
  );
}

function RunningWave({ progress }: { progress: WaveProgress }): ReactNode {
  const t = useTranslations('home');
  const format = useFormatter();
  const { wave, forecast } = progress;
  const { sent, planned, open, notPlanned } = totals(progress);
  const finish = forecast.map(({ finishAt }) => finishAt);
  const last = finish.every((at) => at !== null) ? finish.toSorted().at(-1) : undefined;
  const settled = planned === 0 ? 0 : ((planned - open) / planned) * 100;
  const label = t('wave', { no: String(wave.waveNo), campaign: wave.campaignId });
  return (
    <Stack gap={6}>
      <Group justify="space-between">
        <AppLink to={`/waves/${wave.waveNo}`} fw={600}>
          {label} · <LocalDate date={wave.localDate} />
        </AppLink>
        <WaveState state={wave.state} />
      </Group>
      {wave.state !== 'waiting_approval' && (
        <Progress.Root size="lg">
          <Progress.Section value={settled} aria-label={label} />
        </Progress.Root>
      )}
      <Text size="sm" c="dimmed">
        {wave.state === 'waiting_approval' ? (
          t('waitsOf', { audience: format.number(wave.audience) })
        ) : (
          <AppLink to={`/waves/${wave.waveNo}/messages`} search={{ fate: 'accepted' }} underline="always">
            {t('sentOf', { sent: format.number(sent), planned: format.number(planned) })}
          </AppLink>
        )}
        {notPlanned > 0 && <> · {t('notPlanned', { count: format.number(notPlanned) })}</>}
        {open > 0 && <> · {last === undefined || last === null ? t('finishUnknown') : t('finishes')} </>}
        {open > 0 && last !== undefined && last !== null && <Time at={last} />}
      </Text>
      {progress.killed !== null && (
        <Text size="sm" c="red">
          {progress.killed}
        </Text>
      )}
    </Stack>
  );
}

function totals({ steps }: WaveProgress): { sent: number; planned: number; open: number; notPlanned: number } {
  const channels = steps.flatMap((step) => step.channels);
  const sum = (pick: (one: (typeof channels)[number]) => number): number =>
    channels.reduce((total, one) => total + pick(one), 0);
  return {
    sent: sum(({ accepted }) => accepted),
    planned: sum(({ planned }) => planned),
    open: sum(({ open }) => open),
    notPlanned: steps.reduce((total, step) => total + step.notPlanned, 0),
  };
}
