import { useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { ThresholdReport } from '../../../api/v1/schemas/thresholds.ts';
import { useData } from '../../app/use-data.ts';
import { useMay } from '../../app/viewer.tsx';
import { AppLink } from '../../parts/app-link.tsx';
import { CampaignSelect } from '../../parts/campaign-select.tsx';
import { DataState } from '../../parts/data-state.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Page } from '../../parts/page.tsx';
import { BudgetSection } from './budget.tsx';
import { CycleSection } from './cycle.tsx';
import { HistorySections } from './history.tsx';
import { OverviewSection } from './overview.tsx';
import { PolicySection } from './policy.tsx';
import { ProposalsSection } from './proposals.tsx';
import { RunCycle } from './run-cycle.tsx';

/** The thresholds of a campaign: proposals, value by score, switches, history. */
export function Screen(): ReactNode {
  const t = useTranslations('thresholds');
  const { campaignId = '' } = useParams({ strict: false });
  const navigate = useNavigate();
  const mayDecide = useMay('marketer');
  return (
    <Page
      title={campaignId === '' ? t('title') : t('titleOf', { campaign: campaignId })}
      intro={t('intro')}
      actions={mayDecide && campaignId !== '' && <RunCycle campaignId={campaignId} />}
    >
      <div className="no-print">
        <CampaignSelect
          label={t('campaign')}
          value={campaignId}
          onChange={(id) => id !== null && void navigate({ to: `/thresholds/${id}` })}
        />
      </div>
      {campaignId === '' ? (
        <EmptyState title={t('pick')}>{t('pickText')}</EmptyState>
      ) : (
        <Campaign campaignId={campaignId} />
      )}
    </Page>
  );
}

function Campaign({ campaignId }: { campaignId: string }): ReactNode {
  const data = useData<ThresholdReport>(`/v1/campaigns/${campaignId}/thresholds`);
  return <DataState data={data}>{(report) => <Report report={report} />}</DataState>;
}

function Report({ report }: { report: ThresholdReport }): ReactNode {
  const t = useTranslations('thresholds');
  if (report.policies.length === 0) {
    return (
      <EmptyState title={t('none')} next={<AppLink to={`/campaigns/${report.campaignId}`}>{t('toCampaign')}</AppLink>}>
        {t('noneText')}
      </EmptyState>
    );
  }
  return (
    <>
      <ProposalsSection report={report} />
      <OverviewSection report={report} />
      {report.policies.map((policy) => (
        <PolicySection key={`${policy.segment} ${policy.action}`} report={report} policy={policy} />
      ))}
      <CycleSection report={report} />
      <BudgetSection report={report} />
      <HistorySections report={report} />
    </>
  );
}
