import { List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { CampaignAudience } from '../../../../api/v1/schemas/campaigns.ts';
import { useData } from '../../../app/use-data.ts';
import { AppLink } from '../../../parts/app-link.tsx';
import { DataState } from '../../../parts/data-state.tsx';
import { DataTable, type Column } from '../../../parts/data-table.tsx';
import { Count } from '../../../parts/numbers.tsx';
import { Facts, Section } from '../../../parts/section.tsx';
import { Ago } from '../../../parts/time.tsx';
import { useChurnReason } from '../../../parts/use-churn-reason.ts';
import { campaignPath } from '../campaign-paths.ts';
import { useInLocale } from '../use-in-locale.ts';

const LOOK_EVERY_MS = 60_000;

/** Whom the campaign means at this moment, and whom its first rungs leave out with the reason. */
export function Audience({ campaignId }: { campaignId: string }): ReactNode {
  const t = useTranslations('campaigns');
  const audience = useData<CampaignAudience>(`${campaignPath(campaignId)}/audience`, { every: LOOK_EVERY_MS });
  return (
    <Section
      title={t('audience')}
      about={
        audience.data && (
          <>
            {t('counted')} <Ago at={audience.data.at} />
            {t('stop')}
            {t('audienceText')}{' '}
            <AppLink to="/waves/rehearsal" search={{ campaign: campaignId }} underline="always">
              {t('rehearse')}
            </AppLink>
          </>
        )
      }
    >
      <DataState data={audience}>{(found) => <Counted audience={found} />}</DataState>
    </Section>
  );
}

function Counted({ audience }: { audience: CampaignAudience }): ReactNode {
  const t = useTranslations('campaigns');
  const columns = useSegmentColumns();
  return (
    <>
      <Facts
        facts={[
          [t('users'), <Count key="users" value={audience.users} />],
          [t('treatable'), <Count key="treatable" value={audience.treatable} />],
          [t('newEntries'), <Count key="new" value={Math.round(audience.newEntries)} />],
          [t('warnedPerDay'), <Count key="day" value={Math.round(audience.warnedPerDay)} />],
        ]}
      />
      <Excluded audience={audience} />
      {audience.segments.length > 0 && (
        <DataTable
          label={t('bySegment')}
          rows={audience.segments}
          columns={columns}
          rowKey={({ segment, action }) => `${segment} ${action ?? ''}`}
          empty={null}
        />
      )}
    </>
  );
}

function Excluded({ audience: { excluded, reasons, users } }: { audience: CampaignAudience }): ReactNode {
  const t = useTranslations('campaigns');
  const inLocale = useInLocale();
  const inWords = useChurnReason();
  const format = useFormatter();
  if (users === 0) return <Text>{t('nobody')}</Text>;
  return (
    <>
      <Text fw={600}>{excluded.length === 0 ? t('noneExcluded') : t('excluded')}</Text>
      <List>
        {excluded.map(({ reason, users: count, words }) => (
          <List.Item key={reason}>
            <Count value={count} /> {inLocale(words)}
          </List.Item>
        ))}
      </List>
      {reasons.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('warnedFor')}{' '}
          {reasons.map(({ reason, users: count }) => `${inWords(reason)} (${format.number(count)})`).join(t('comma'))}
        </Text>
      )}
    </>
  );
}

function useSegmentColumns(): Column<CampaignAudience['segments'][number]>[] {
  const t = useTranslations('campaigns');
  return [
    { key: 'segment', head: t('segment'), cell: ({ segment }) => segment },
    { key: 'action', head: t('action'), cell: ({ action }) => action ?? t('noAction') },
    { key: 'users', head: t('users'), numeric: true, cell: ({ users }) => <Count value={users} /> },
    { key: 'inside', head: t('inside'), numeric: true, cell: ({ inside }) => <Count value={inside} /> },
    { key: 'exploring', head: t('exploring'), numeric: true, cell: ({ exploring }) => <Count value={exploring} /> },
    { key: 'entered', head: t('entered'), numeric: true, cell: ({ entered }) => <Count value={entered} /> },
  ];
}
