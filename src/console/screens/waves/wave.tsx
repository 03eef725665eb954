import { Alert, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { WaveProgress, WaveReport } from '../../../api/v1/schemas/waves.ts';
import { useData } from '../../app/use-data.ts';
import { useLive } from '../../app/use-live.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { DataState } from '../../parts/data-state.tsx';
import { Money } from '../../parts/numbers.tsx';
import { Page } from '../../parts/page.tsx';
import { Facts } from '../../parts/section.tsx';
import { Time } from '../../parts/time.tsx';
import { Alarms } from './alarms.tsx';
import { RecordedGroups } from './recorded-groups.tsx';
import { Sending } from './sending.tsx';
import { StepDetails } from './step-details.tsx';
import { WaveActions } from './wave-actions.tsx';
import { WaveAudience } from './wave-audience.tsx';
import { WaveHistory } from './wave-history.tsx';
import { WaveState } from './wave-state.tsx';
import { UNDER_WAY } from './wave-tone.ts';

/** One wave: how far it is, what became of everybody, and what can be done about it. */
export function Screen(): ReactNode {
  const { waveNo = '' } = useParams({ strict: false });
  const data = useData<WaveReport>(`/v1/waves/${waveNo}`);
  return <DataState data={data}>{(report) => <Wave report={report} />}</DataState>;
}

function Wave({ report }: { report: WaveReport }): ReactNode {
  const t = useTranslations('waves');
  const format = useFormatter();
  const { waveNo } = report.wave;
  const { progress, lost } = useProgress(report);
  const wave = progress?.wave ?? report.wave;
  const killed = progress === null ? report.killed : progress.killed;
  const date = format.dateTime(new Date(`${wave.localDate}T00:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' });
  return (
    <Page
      title={`${t('waveNo', { no: String(waveNo) })} · ${wave.campaignId} · ${date}`}
      intro={
        <Group gap="xs" component="span">
          <WaveState state={wave.state} />
          {wave.stateReason !== null && <span>{t('stateReason', { reason: wave.stateReason })}</span>}
        </Group>
      }
      actions={<WaveActions wave={wave} />}
    >
      {killed !== null && (
        <Alert color="yellow" title={t('killed')}>
          {killed} <AppLink to="/">{t('home')}</AppLink>
        </Alert>
      )}
      <Alarms alarms={report.alarms} />
      <WaveFacts report={report} wave={wave} />
      <WaveLinks wave={wave} />
      {report.recorded !== null ? (
        <RecordedGroups groups={report.recorded} />
      ) : (
        <Stack gap="lg">
          <Sending report={report} progress={progress} lost={lost} />
          {report.steps.map((step) => (
            <StepDetails key={step.step} report={report} step={step} />
          ))}
        </Stack>
      )}
      <WaveHistory report={report} />
    </Page>
  );
}

/** The live state of a wave that is under way; the counts below follow when it has moved on. */
function useProgress(report: WaveReport): { progress: WaveProgress | null; lost: boolean } {
  const client = useQueryClient();
  const { waveNo, state } = report.wave;
  const path = `/v1/waves/${waveNo}`;
  const live = UNDER_WAY.includes(state) || state === 'waiting_approval';
  const { data, state: stream } = useLive<WaveProgress | Record<string, never>>(live ? `${path}/progress` : null, {
    event: 'progress',
    end: 'over',
  });
  const news = data !== null && 'wave' in data ? (data as WaveProgress) : null;
  const [at, over] = [news?.at, stream === 'over'];
  useEffect(() => {
    if (at !== undefined || over) void client.invalidateQueries({ queryKey: [path] });
  }, [client, path, at, over]);
  return { progress: live && !over ? news : null, lost: live && stream === 'lost' };
}

function WaveFacts({ report, wave }: { report: WaveReport; wave: WaveReport['wave'] }): ReactNode {
  const t = useTranslations('waves');
  const trigger = wave.trigger as 'schedule' | 'manual' | 'recorded';
  return (
    <Facts
      facts={[
        [t('audience'), <WaveAudience wave={wave} />],
        [t('started'), <Time at={wave.createdAt} />],
        ...(wave.finishedAt === null ? [] : [[t('finished'), <Time at={wave.finishedAt} />] as const]),
        [t('trigger'), t.has(`triggers.${trigger}`) ? t(`triggers.${trigger}`) : wave.trigger],
        ...(wave.version === null ? [] : [[t('campaign'), <CampaignVersion wave={wave} />] as const]),
        ...(report.currency === null
          ? []
          : [[t('cost'), <Money minor={report.cost.reservedMinor} currency={report.currency} />] as const]),
      ]}
    />
  );
}

function CampaignVersion({ wave }: { wave: WaveReport['wave'] }): ReactNode {
  const t = useTranslations('waves');
  return (
    <>
      <AppLink to={`/campaigns/${wave.campaignId}`}>{wave.campaignId}</AppLink>{' '}
      <Text span c="dimmed" size="sm">
        {t('version', { version: String(wave.version) })}
      </Text>
    </>
  );
}

function WaveLinks({ wave }: { wave: WaveReport['wave'] }): ReactNode {
  const t = useTranslations('waves');
  const here = `/waves/${wave.waveNo}`;
  return (
    <Group gap="md" className="no-print" component="nav" aria-label={t('waveNo', { no: String(wave.waveNo) })}>
      <AppLink to={`${here}/users`}>{t('allUsers')}</AppLink>
      <AppLink to={`${here}/messages`}>{t('allMessages')}</AppLink>
      <AppLink to={`${here}/proof`}>{t('proof')}</AppLink>
      <AppLink to={`/results/${wave.campaignId}`}>{t('results')}</AppLink>
      <AppLink to="/retrospective" search={{ wave: wave.waveNo }}>
        {t('retrospective')}
      </AppLink>
    </Group>
  );
}
