import { Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { CampaignDetail } from '../../../../api/v1/schemas/campaigns.ts';
import { AppLink } from '../../../parts/app-link.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { Count } from '../../../parts/numbers.tsx';
import { Facts, Section } from '../../../parts/section.tsx';
import { Time } from '../../../parts/time.tsx';
import { LastWave } from '../campaigns.tsx';
import { Arms } from './arms.tsx';
import { Audience } from './audience.tsx';
import { Limits } from './limits.tsx';
import { Policies } from './policies.tsx';
import { ScheduleButtons } from './schedule-buttons.tsx';

/** What is in force: when it runs, whom it means, what they get and how often. */
export function Overview({ campaign }: { campaign: CampaignDetail }): ReactNode {
  const t = useTranslations('campaigns');
  const { campaignId, definition } = campaign;
  if (!definition) {
    return (
      <EmptyState
        title={t('unpublished')}
        next={
          <AppLink to={`/campaigns/${campaignId}`} search={{ tab: 'edit' }}>
            {t('toDraft')}
          </AppLink>
        }
      >
        {t('unpublishedText')}
      </EmptyState>
    );
  }
  return (
    <Stack gap="lg">
      <InForce campaign={campaign} />
      <Audience campaignId={campaignId} />
      <Arms actions={definition.actions} currency={definition.currency} />
      <Limits campaign={campaign} />
      <Policies policies={campaign.policies} />
    </Stack>
  );
}

function InForce({ campaign }: { campaign: CampaignDetail }): ReactNode {
  const t = useTranslations('campaigns');
  const { campaignId, schedule, nextRun, lastWave, author, publishedAt, maximum, openEntries } = campaign;
  const entries = openEntries.reduce((sum, line) => sum + line.entries, 0);
  return (
    <Section
      title={t('inForce')}
      actions={
        <Group gap="xs">
          <ScheduleButtons campaign={campaign} />
          <AppLink to="/waves" search={{ campaign: campaignId }}>
            {t('itsWaves')}
          </AppLink>
        </Group>
      }
    >
      <Facts
        facts={[
          [t('schedule'), schedule && <Schedule schedule={schedule} />],
          [t('nextRun'), nextRun === null ? '–' : <Time key="next" at={nextRun} />],
          [t('lastWave'), <LastWave key="last" wave={lastWave} />],
          [t('publishedBy'), author],
          [t('publishedAt'), publishedAt && <Time key="at" at={publishedAt} />],
          [t('openEntries'), <Count key="entries" value={entries} />],
          [t('maximum'), maximum && <Count key="maximum" value={maximum.users} />],
        ]}
      />
    </Section>
  );
}

function Schedule({ schedule }: { schedule: NonNullable<CampaignDetail['schedule']> }): ReactNode {
  const t = useTranslations('campaigns');
  const days = schedule.days?.map((day) => t(`days.${day}` as 'days.mon')).join(t('comma')) ?? t('everyDay');
  return t('at', { days, at: schedule.at, zone: schedule.timezone });
}
