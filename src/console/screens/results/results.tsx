import type { ReactNode } from 'react';
import { useParams, useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import type { ReadLine, StoredRead } from '../../../api/v1/schemas/results.ts';
import { useData, useList } from '../../app/use-data.ts';
import { useSearchState } from '../../app/use-search.ts';
import { useMay } from '../../app/viewer.tsx';
import { CampaignSelect } from '../../parts/campaign-select.tsx';
import { DataState } from '../../parts/data-state.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Page } from '../../parts/page.tsx';
import { ReadActions } from './read-actions.tsx';
import { ReadPage } from './read-page.tsx';
import { NewRead } from './new-read.tsx';

/** What came of a campaign: by its newest kept read, or by the one in the address. */
export function Screen(): ReactNode {
  const t = useTranslations('results');
  const { campaignId = '' } = useParams({ strict: false });
  const [{ read }] = useSearchState();
  const navigate = useNavigate();
  const reads = useList<ReadLine>(`/v1/campaigns/${campaignId}/reads`, { enabled: campaignId !== '' });
  const readNo = read ?? reads.items[0]?.readNo;
  return (
    <Page
      title={campaignId === '' ? t('title') : t('titleOf', { campaign: campaignId })}
      intro={t('intro')}
      actions={readNo !== undefined && <ReadActions campaignId={campaignId} readNo={String(readNo)} />}
    >
      <div className="no-print">
        <CampaignSelect
          label={t('campaign')}
          value={campaignId}
          onChange={(id) => id !== null && void navigate({ to: `/results/${id}` })}
        />
      </div>
      {campaignId === '' && <EmptyState title={t('pick')}>{t('pickText')}</EmptyState>}
      {campaignId !== '' && reads.problem && <ErrorState problem={reads.problem} again={reads.again} />}
      {campaignId !== '' && reads.loading && <Loading />}
      {campaignId !== '' && !reads.loading && !reads.problem && readNo === undefined && (
        <NothingRead campaignId={campaignId} />
      )}
      {readNo !== undefined && <Kept readNo={String(readNo)} reads={reads} />}
    </Page>
  );
}

function NothingRead({ campaignId }: { campaignId: string }): ReactNode {
  const t = useTranslations('results');
  const mayRead = useMay('marketer');
  return (
    <EmptyState title={t('none')} next={mayRead ? <NewRead campaignId={campaignId} /> : t('noneViewer')}>
      {t('noneText')}
    </EmptyState>
  );
}

function Kept({ readNo, reads }: { readNo: string; reads: ReturnType<typeof useList<ReadLine>> }): ReactNode {
  const data = useData<StoredRead>(`/v1/reads/${readNo}`);
  return <DataState data={data}>{(stored) => <ReadPage stored={stored} reads={reads} />}</DataState>;
}
