import { Checkbox } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { StartedWave } from '../../../api/v1/schemas/wave-orders.ts';
import { api } from '../../app/api-client.ts';
import { useAction } from '../../app/use-action.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';

interface RunWaveProps {
  campaignId: string;
  onStarted(runId: string): void;
}

/** Starts today's wave by hand, after a question: it sends for real. */
export function RunWave({ campaignId, onStarted }: RunWaveProps): ReactNode {
  const t = useTranslations('waves');
  const [approve, setApprove] = useState(false);
  const action = useAction({
    run: (input: { approve: boolean }, key) => api.post<StartedWave>(`/v1/campaigns/${campaignId}/waves`, input, key),
    done: t('runStarted'),
    refresh: ['/v1/waves', '/v1/home'],
    onDone: ({ runId }) => onStarted(runId),
  });
  return (
    <ConfirmButton
      action={{ ...action, start: () => action.start({ approve }) }}
      title={t('runTitle', { campaign: campaignId })}
      question={t('runText')}
      confirm={t('runNow')}
      fields={
        <Checkbox
          label={t('runApprove')}
          checked={approve}
          onChange={(event) => setApprove(event.currentTarget.checked)}
        />
      }
    >
      {t('runNow')}
    </ConfirmButton>
  );
}
