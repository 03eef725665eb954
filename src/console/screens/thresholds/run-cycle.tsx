import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { LearningCycle } from '../../../api/v1/schemas/thresholds.ts';
import { api } from '../../app/api-client.ts';
import { useAction } from '../../app/use-action.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';

/** Learns from what is known by now. */
export function RunCycle({ campaignId }: { campaignId: string }): ReactNode {
  const t = useTranslations('thresholds');
  const action = useAction({
    run: (_: void, key) => api.post<LearningCycle>(`/v1/campaigns/${campaignId}/learning-cycles`, {}, key),
    done: ({ found, proposals }) => (found ? t('cycleFound') : t('cycleDone', { count: proposals.length })),
    refresh: [`/v1/campaigns/${campaignId}/`, '/v1/home'],
  });
  return (
    <ConfirmButton
      action={action}
      title={t('runTitle')}
      question={t('runText')}
      confirm={t('runCycle')}
      variant="default"
    >
      {t('runCycle')}
    </ConfirmButton>
  );
}
