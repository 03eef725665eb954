import { Alert, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { CampaignDetail } from '../../../../api/v1/schemas/campaigns.ts';
import type { CampaignPlan } from '../../../../api/v1/schemas/drafts.ts';
import { api } from '../../../app/api-client.ts';
import type { ApiProblem } from '../../../app/api-problem.ts';
import { AppLink } from '../../../parts/app-link.tsx';
import { DataState } from '../../../parts/data-state.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { Section } from '../../../parts/section.tsx';
import { draftPath } from '../campaign-paths.ts';
import { ProblemList } from '../edit/problems.tsx';
import { useTyped } from '../edit/use-typed.ts';
import { Differences } from '../versions/differences.tsx';
import { Detections } from './detections.tsx';
import { PlannedPolicies } from './planned-policies.tsx';
import { Touched } from './touched.tsx';

/** What publishing the saved draft would change, whom it touches, and how soon it can be told whether it works. */
export function Plan({ campaign: { campaignId } }: { campaign: CampaignDetail }): ReactNode {
  const t = useTranslations('campaigns');
  const [typed] = useTyped(campaignId);
  const plan = useQuery<CampaignPlan, ApiProblem>({
    queryKey: [`${draftPath(campaignId)}/plan`],
    queryFn: ({ signal }) => api.ask<CampaignPlan>(`${draftPath(campaignId)}/plan`, undefined, signal),
  });
  if (plan.error?.status === 422) return <Faulty campaignId={campaignId} problem={plan.error} />;
  return (
    <Stack gap="lg">
      {typed && <Alert color="yellow">{t('typedNotSaved')}</Alert>}
      <DataState data={plan}>{(found) => <Found plan={found} />}</DataState>
    </Stack>
  );
}

function Faulty({ campaignId, problem }: { campaignId: string; problem: ApiProblem }): ReactNode {
  const t = useTranslations('campaigns');
  return (
    <EmptyState
      title={t('mendFirst')}
      next={
        <AppLink to={`/campaigns/${campaignId}`} search={{ tab: 'edit' }}>
          {t('toDraft')}
        </AppLink>
      }
    >
      {problem.message}
    </EmptyState>
  );
}

function Found({ plan }: { plan: CampaignPlan }): ReactNode {
  const t = useTranslations('campaigns');
  return (
    <>
      <Section title={t('changes')} about={t(`disposition.${plan.disposition}`, { version: plan.version })}>
        {plan.disposition !== 'new' && <Differences differences={plan.differences} texts={plan.texts} />}
        <PlannedPolicies policies={plan.policies} />
      </Section>
      <Touched plan={plan} />
      <Detections plan={plan} />
      {plan.problems.length > 0 && (
        <Section title={t('problems')} about={t('planProblems')}>
          <ProblemList problems={plan.problems} />
        </Section>
      )}
    </>
  );
}
