import { Alert, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { CampaignDetail } from '../../../../api/v1/schemas/campaigns.ts';
import type { Draft } from '../../../../api/v1/schemas/drafts.ts';
import { useData } from '../../../app/use-data.ts';
import { useMay, useViewer } from '../../../app/viewer.tsx';
import { AppLink } from '../../../parts/app-link.tsx';
import { DataState } from '../../../parts/data-state.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { Facts, Section } from '../../../parts/section.tsx';
import { Time } from '../../../parts/time.tsx';
import { draftPath } from '../campaign-paths.ts';
import { useTyped } from '../edit/use-typed.ts';
import { ApprovalForm } from './approval-form.tsx';
import { PastApprovals } from './past-approvals.tsx';
import { Publish } from './publish.tsx';

const LOOK_EVERY_MS = 10_000;

/** Who may let the draft into force, who did, and the button that does it. */
export function Approval({ campaign: { campaignId, maximum } }: { campaign: CampaignDetail }): ReactNode {
  const t = useTranslations('campaigns');
  const draft = useData<Draft>(draftPath(campaignId), { every: LOOK_EVERY_MS });
  return (
    <DataState data={draft}>
      {(found) => (
        <Stack gap="lg">
          {found.revision === 0 ? (
            <EmptyState
              title={t('noDraft')}
              next={
                <AppLink to={`/campaigns/${campaignId}`} search={{ tab: 'edit' }}>
                  {t('tabs.edit')}
                </AppLink>
              }
            >
              {t('noDraftText')}
            </EmptyState>
          ) : (
            <Open draft={found} usual={maximum?.users ?? null} />
          )}
          <PastApprovals approvals={found.approvals} />
        </Stack>
      )}
    </DataState>
  );
}

function Open({ draft, usual }: { draft: Draft; usual: number | null }): ReactNode {
  const t = useTranslations('campaigns');
  const [typed] = useTyped(draft.campaignId);
  const { revision, author, editor, updatedAt, hash, approval } = draft;
  return (
    <Section title={t('draftOf', { revision })} about={t('approvalText')}>
      <Facts
        facts={[
          [t('begunBy'), author],
          [t('changedBy'), editor],
          [t('changedAt'), updatedAt && <Time key="at" at={updatedAt} />],
          [t('hash'), hash === null ? t('unreadable') : hash.slice(0, 12)],
        ]}
      />
      {typed && <Alert color="yellow">{t('typedNotSaved')}</Alert>}
      <AppLink to={`/campaigns/${draft.campaignId}`} search={{ tab: 'plan' }}>
        {t('seePlan')}
      </AppLink>
      {approval ? <Publish draft={draft} approval={approval} /> : <Unapproved draft={draft} usual={usual} />}
    </Section>
  );
}

function Unapproved({ draft, usual }: { draft: Draft; usual: number | null }): ReactNode {
  const t = useTranslations('campaigns');
  const { person } = useViewer();
  const mayApprove = useMay('operator');
  const own = [draft.author, draft.editor].includes(`console:${person.login}`);
  if (draft.hash === null || draft.errors > 0) {
    return (
      <Alert color="red" title={t('mendFirst')}>
        <AppLink to={`/campaigns/${draft.campaignId}`} search={{ tab: 'edit' }}>
          {t('toDraft')}
        </AppLink>
      </Alert>
    );
  }
  if (own || !mayApprove) {
    return (
      <Alert color="blue" title={t('askTitle')}>
        <Text size="sm">{t(own ? 'askOwn' : 'askRole')}</Text>
        <Text size="sm" className="breakable">
          {t('askLink')} {`${location.origin}/campaigns/${draft.campaignId}?tab=approval`}
        </Text>
      </Alert>
    );
  }
  return <ApprovalForm campaignId={draft.campaignId} hash={draft.hash} usual={usual} />;
}
