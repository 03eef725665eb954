import { Alert, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { RunStatus as Status } from '../../../api/v1/schemas/wave-orders.ts';
import { useData } from '../../app/use-data.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { DataState } from '../../parts/data-state.tsx';
import { WaveState } from './wave-state.tsx';

const LOOK_EVERY_MS = 2_000;

/** How a wave that was started by hand stands; the run is in the address, so a reload finds it again. */
export function RunStatus({ campaignId, runId }: { campaignId: string; runId: string }): ReactNode {
  const t = useTranslations('waves');
  const run = useData<Status>(`/v1/campaigns/${campaignId}/runs/${runId}`, { every: LOOK_EVERY_MS });
  return (
    <DataState data={run}>
      {({ outcome, disposition, reason, wave }) => (
        <Alert
          color={outcome === 'not_run' || outcome === 'aborted' ? 'yellow' : 'blue'}
          title={t('runNow')}
          role="status"
        >
          <Text size="sm">
            {disposition === 'found'
              ? t('found')
              : t(`runStates.${wave !== null && outcome === 'running' ? 'sending' : outcome}`)}
          </Text>
          {reason !== null && <Text size="sm">{t('stateReason', { reason })}</Text>}
          {wave !== null && (
            <Group gap="sm" mt="xs">
              <AppLink to={`/waves/${wave.waveNo}`}>{t('openWave', { no: String(wave.waveNo) })}</AppLink>
              <WaveState state={wave.state} />
            </Group>
          )}
        </Alert>
      )}
    </DataState>
  );
}
