import { Group, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { CampaignDetail } from '../../../../api/v1/schemas/campaigns.ts';
import type { Backfill, ScheduleRun } from '../../../../api/v1/schemas/schedules.ts';
import { api } from '../../../app/api-client.ts';
import { useAction } from '../../../app/use-action.ts';
import { useMay } from '../../../app/viewer.tsx';
import { ConfirmButton } from '../../../parts/confirm-button.tsx';
import { campaignPath } from '../campaign-paths.ts';

const REFRESH = ['/v1/waves', '/v1/campaigns', '/v1/home'];

/** Runs of the schedule out of turn: today's wave now, and what became of past dates; for operators. */
export function ScheduleButtons({ campaign }: { campaign: CampaignDetail }): ReactNode {
  const may = useMay('operator');
  if (!may || campaign.state !== 'active') return null;
  return (
    <>
      <TriggerButton campaignId={campaign.campaignId} />
      <BackfillButton campaignId={campaign.campaignId} />
    </>
  );
}

function TriggerButton({ campaignId }: Pick<CampaignDetail, 'campaignId'>): ReactNode {
  const t = useTranslations('schedules');
  const trigger = useAction({
    run: (_input: void, key) => api.post<ScheduleRun>(`${campaignPath(campaignId)}/schedule/trigger`, undefined, key),
    done: t('triggered'),
    refresh: REFRESH,
  });
  return (
    <ConfirmButton
      size="xs"
      variant="default"
      action={trigger}
      title={t('triggerTitle', { campaign: campaignId })}
      question={t('triggerText')}
      confirm={t('trigger')}
    >
      {t('trigger')}
    </ConfirmButton>
  );
}

function BackfillButton({ campaignId }: Pick<CampaignDetail, 'campaignId'>): ReactNode {
  const t = useTranslations('schedules');
  const [dates, setDates] = useState({ from: '', to: '' });
  const backfill = useAction({
    run: (_input: void, key) => api.post<Backfill>(`${campaignPath(campaignId)}/schedule/backfill`, dates, key),
    done: t('backfilled'),
    refresh: REFRESH,
    onDone: () => setDates({ from: '', to: '' }),
  });
  return (
    <ConfirmButton
      size="xs"
      variant="default"
      action={backfill}
      title={t('backfillTitle', { campaign: campaignId })}
      question={t('backfillText')}
      confirm={t('backfill')}
      incomplete={dates.from === '' || dates.to === ''}
      fields={
        <Group gap="sm" grow>
          {(['from', 'to'] as const).map((end) => (
            <TextInput
              key={end}
              type="date"
              label={t(end)}
              required
              value={dates[end]}
              onChange={(event) => setDates({ ...dates, [end]: event.currentTarget.value })}
            />
          ))}
        </Group>
      }
    >
      {t('backfill')}
    </ConfirmButton>
  );
}
