import { List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { CampaignAudience } from '../../../../api/v1/schemas/campaigns.ts';
import { useData } from '../../../app/use-data.ts';
import { AppLink } from '../../../parts/app-link.tsx';
import { DataState } from '../../../parts/data-state.tsx';
import { DataTable, type Column } from '../../../parts/data-table.tsx';
import { CountAlone, CountLink } from '../../../parts/count-link.tsx';
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
  const columns = useSegmentColumns(audience);
  const say = useTranslations('audience');
  return (
    <>
      <Facts
        facts={[
          [t('users'), <Behind key="users" audience={audience} value={audience.users} />],
          [
            t('treatable'),
            <Behind key="treatable" audience={audience} value={audience.treatable} search={{ score: 'treated' }} />,
          ],
          [t('newEntries'), <CountAlone key="new" value={Math.round(audience.newEntries)} why={say('forecast')} />],
          [t('warnedPerDay'), <CountAlone key="day" value={Math.round(audience.warnedPerDay)} why={say('rate')} />],
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

/** Which users each exclusion counts. */
const EXCLUDED: Record<string, Record<string, string>> = {
  open_entry: { entered: 'true' },
  no_action: { entered: 'false', action: 'none' },
  outside_interval: { entered: 'false', score: 'outside' },
};

/** A number that opens the users behind it, as the audience was when it was counted. */
function Behind(props: {
  audience: CampaignAudience;
  value: number;
  search?: Record<string, string | undefined>;
}): ReactNode {
  const { audience, value, search } = props;
  return (
    <CountLink
      value={value}
      to={`/campaigns/${audience.campaignId}/audience`}
      search={{ at: audience.at, ...search }}
    />
  );
}

function Excluded({ audience }: { audience: CampaignAudience }): ReactNode {
  const { excluded, reasons, users } = audience;
  const t = useTranslations('campaigns');
  const inLocale = useInLocale();
  const inWords = useChurnReason();
  if (users === 0) return <Text>{t('nobody')}</Text>;
  return (
    <>
      <Text fw={600}>{excluded.length === 0 ? t('noneExcluded') : t('excluded')}</Text>
      <List>
        {excluded.map(({ reason, users: count, words }) => (
          <List.Item key={reason}>
            <Behind audience={audience} value={count} search={EXCLUDED[reason] ?? {}} /> {inLocale(words)}
          </List.Item>
        ))}
      </List>
      {reasons.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('warnedFor')}{' '}
          {reasons.map(({ reason, users: count }, place) => (
            <span key={reason}>
              {place > 0 && t('comma')}
              {inWords(reason)} (<Behind audience={audience} value={count} search={{ reason }} />)
            </span>
          ))}
        </Text>
      )}
    </>
  );
}

type Segment = CampaignAudience['segments'][number];

const CELLS = [
  ['users', {}],
  ['inside', { score: 'inside' }],
  ['exploring', { score: 'exploring' }],
  ['entered', { entered: 'true' }],
] as const;

function useSegmentColumns(audience: CampaignAudience): Column<Segment>[] {
  const t = useTranslations('campaigns');
  return [
    { key: 'segment', head: t('segment'), cell: ({ segment }) => segment },
    { key: 'action', head: t('action'), cell: ({ action }) => action ?? t('noAction') },
    ...CELLS.map(([key, query]) => ({
      key,
      head: t(key),
      numeric: true,
      cell: (row: Segment) => (
        <Behind
          audience={audience}
          value={row[key]}
          search={{ segment: row.segment, action: row.action ?? 'none', ...query }}
        />
      ),
    })),
  ];
}
