import { Alert, Group, Stack, Text } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { KillResult, KillSwitch } from '../../../api/v1/schemas/home.ts';
import { api } from '../../app/api-client.ts';
import { useMay } from '../../app/viewer.tsx';
import { ReasonButton } from '../../parts/reason-button.tsx';
import { Time } from '../../parts/time.tsx';

const REFRESH = ['/v1/home', '/v1/waves', '/v1/kill-switches'];

/** Stops every campaign's sending. */
export function EngageButton(): ReactNode {
  const t = useTranslations('home');
  return (
    <ReasonButton<KillResult>
      color="red"
      leftSection={<IconHandStop size={18} stroke={1.6} />}
      title={t('killTitle')}
      question={t('killQuestion')}
      confirm={t('killConfirm')}
      done={t('killed')}
      refresh={REFRESH}
      run={(reason, key) => api.post('/v1/kill-switches/engage', { reason }, key)}
    >
      {t('killTitle')}
    </ReasonButton>
  );
}

/** What is stopped, by whom and why, with the way back. */
export function KillSwitches({ switches }: { switches: readonly KillSwitch[] }): ReactNode {
  const t = useTranslations('home');
  const may = useMay('operator');
  return switches.map(({ killNo, campaignId, reason, engagedAt, engagedBy }) => (
    <Alert key={killNo} color="red" title={t('killOn')} icon={<IconHandStop />} role="alert">
      <Group justify="space-between">
        <Stack gap={2}>
          <Text size="sm">{campaignId === null ? t('killAll') : t('killCampaign', { campaign: campaignId })}</Text>
          <Text size="sm">
            {t('killBy', { who: engagedBy, reason })} · <Time at={engagedAt} />
          </Text>
        </Stack>
        {may && (
          <ReasonButton<KillResult>
            variant="default"
            title={t('release')}
            question={t('releaseQuestion')}
            confirm={t('release')}
            done={t('released')}
            refresh={REFRESH}
            run={(why, key) =>
              api.post('/v1/kill-switches/release', { reason: why, ...(campaignId !== null && { campaignId }) }, key)
            }
          >
            {t('release')}
          </ReasonButton>
        )}
      </Group>
    </Alert>
  ));
}
