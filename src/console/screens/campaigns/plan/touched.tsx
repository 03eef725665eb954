import { List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { CampaignPlan } from '../../../../api/v1/schemas/drafts.ts';
import { Count, Money } from '../../../parts/numbers.tsx';
import { Facts, Section } from '../../../parts/section.tsx';

/** Whom the draft touches, what a wave costs, what holding out costs, and whether there are enough codes. */
export function Touched({ plan }: { plan: CampaignPlan }): ReactNode {
  const t = useTranslations('campaigns');
  const { people, costMinor, currency, holdout, codes } = plan;
  const staying = people.openEntries.filter(({ entries }) => entries > 0);
  return (
    <Section title={t('touched')}>
      <Facts
        facts={[
          [t('users'), <Count key="users" value={people.audience} />],
          [t('treatable'), <Count key="treatable" value={people.treatable} />],
          [t('newEntries'), <Count key="new" value={Math.round(people.newEntries)} />],
          [t('warnedPerDay'), <Count key="day" value={Math.round(people.warnedPerDay)} />],
          [t('waveCost'), <Money key="cost" minor={costMinor} currency={currency} />],
          [t('heldOutToday'), <Count key="held" value={Math.round(holdout.usersToday)} />],
          [t('heldOutWeek'), <Count key="week" value={Math.round(holdout.usersPerWeek)} />],
          [t('holdoutCost'), <HoldoutCost key="price" plan={plan} />],
        ]}
      />
      {staying.length > 0 && (
        <List>
          {staying.map(({ version, entries }) => (
            <List.Item key={version}>{t('stayOn', { count: entries, version })}</List.Item>
          ))}
        </List>
      )}
      {codes.length > 0 && <Codes codes={codes} />}
    </Section>
  );
}

function HoldoutCost({ plan: { holdout, currency } }: { plan: CampaignPlan }): ReactNode {
  const t = useTranslations('campaigns');
  if (holdout.perWeekMinor === null) return t('noPrice');
  return <Money minor={holdout.perWeekMinor} currency={currency} />;
}

function Codes({ codes }: { codes: CampaignPlan['codes'] }): ReactNode {
  const t = useTranslations('campaigns');
  return (
    <div>
      <Text fw={600}>{t('codes')}</Text>
      <List>
        {codes.map(({ pool, source, wanted, free }) => (
          <List.Item key={pool}>
            {pool}: {t(`codeSource.${source}`, { wanted, free: free ?? 0 })}
          </List.Item>
        ))}
      </List>
    </div>
  );
}
