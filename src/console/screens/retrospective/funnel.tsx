import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { Retrospective } from '../../../api/v1/schemas/retrospective.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Section } from '../../parts/section.tsx';
import { ShareBar } from '../../parts/share-bar.tsx';
import { WaterfallRow } from '../waves/waterfall.tsx';
import { ShareText } from './share-text.tsx';

/** From warned to returned, and the same of those who got nothing. */
export function FunnelSections({ found }: { found: Retrospective }): ReactNode {
  const t = useTranslations('retrospective');
  const { funnel } = found;
  return (
    <>
      <Section title={t('funnel')} about={t('funnelAbout')}>
        <Funnel found={found} />
      </Section>
      <Section title={t('compare')} about={t('compareAbout')}>
        <DataTable
          label={t('compare')}
          rows={[
            { name: t('contacted'), returned: funnel.returned, goal: funnel.reachedGoal },
            { name: t('heldOutGroup'), returned: funnel.heldOutReturned, goal: funnel.heldOutReachedGoal },
          ]}
          rowKey={({ name }) => name}
          empty={null}
          columns={[
            { key: 'group', head: t('group'), cell: ({ name }) => name },
            { key: 'returned', head: t('returned'), cell: ({ returned }) => <ShareText share={returned} /> },
            { key: 'goal', head: t('reachedGoal'), cell: ({ goal }) => <ShareText share={goal} /> },
          ]}
        />
        {funnel.windowsOpen > 0 && (
          <Text size="sm" c="dimmed">
            {t('windowsOpen', { count: funnel.windowsOpen })}
          </Text>
        )}
      </Section>
    </>
  );
}

const BEHIND = {
  warned: {},
  heldOut: { disposition: 'held_out' },
  blocked: { disposition: 'blocked' },
  contacted: { disposition: 'contacted' },
};

function Funnel({ found }: { found: Retrospective }): ReactNode {
  const t = useTranslations('retrospective');
  const format = useFormatter();
  const { funnel, waves } = found;
  const [only] = waves.length === 1 ? waves : [];
  const rows = [
    ...(['warned', 'heldOut', 'blocked', 'contacted', 'accepted', 'clicked'] as const).map((key) => ({
      key,
      users: funnel[key],
    })),
    { key: 'returned' as const, users: funnel.returned.count },
    { key: 'reachedGoal' as const, users: funnel.reachedGoal.count },
  ];
  return (
    <ol className="waterfall">
      {rows.map(({ key, users }) => {
        const behind = key in BEHIND ? BEHIND[key as keyof typeof BEHIND] : null;
        const count = format.number(users);
        return (
          <WaterfallRow
            key={key}
            name={t(key)}
            count={
              only && behind ? (
                <AppLink size="sm" to={`/waves/${only.waveNo}/users`} search={{ step: 1, ...behind }}>
                  {count}
                </AppLink>
              ) : (
                count
              )
            }
            bar={<ShareBar part={users} whole={funnel.warned} label={`${t(key)}: ${count}`} />}
          />
        );
      })}
    </ol>
  );
}
