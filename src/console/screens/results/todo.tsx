import { Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { CampaignRead } from '../../../api/v1/schemas/results.ts';
import { api } from '../../app/api-client.ts';
import { useMay } from '../../app/viewer.tsx';
import { ReasonButton } from '../../parts/reason-button.tsx';
import { Section } from '../../parts/section.tsx';

const ADVICE = { ship: 'todoShip', stop: 'todoStop', keep_running: 'todoKeep', cant_tell: 'todoCant' } as const;

/** What the verdict asks for: apply, keep running, or stop; each person sees what their role may do. */
export function TodoSection({ read }: { read: CampaignRead }): ReactNode {
  const t = useTranslations('results');
  const mayEdit = useMay('marketer');
  const mayStop = useMay('operator');
  const { campaignId } = read;
  const { decision } = read.verdict;
  return (
    <Section title={t('todo')}>
      <Text>{t(ADVICE[decision])}</Text>
      <Group gap="sm" className="no-print">
        <Button
          variant={decision === 'ship' ? 'filled' : 'default'}
          renderRoot={(props) => <Link to={`/thresholds/${campaignId}`} {...props} />}
        >
          {t('toThresholds')}
        </Button>
        {mayEdit && (
          <Button variant="default" renderRoot={(props) => <Link to={`/campaigns/${campaignId}`} {...props} />}>
            {t('toCampaign')}
          </Button>
        )}
        {mayStop && (
          <ReasonButton
            color="red"
            variant={decision === 'stop' ? 'filled' : 'light'}
            title={t('stopTitle', { campaign: campaignId })}
            question={t('stopText')}
            confirm={t('stop')}
            done={t('stopped')}
            refresh={['/v1/campaigns']}
            run={(reason, key) => api.post(`/v1/campaigns/${campaignId}/pause`, { reason }, key)}
          >
            {t('stop')}
          </ReasonButton>
        )}
      </Group>
    </Section>
  );
}
