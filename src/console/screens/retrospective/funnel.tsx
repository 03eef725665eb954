import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { Retrospective } from '../../../api/v1/schemas/retrospective.ts';
import { CountAlone, CountLink } from '../../parts/count-link.tsx';
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

/** The list of a wave and the query that show exactly the rows of a number; clicks and goals have no list. */
const BEHIND: Partial<Record<string, Record<string, string | number>>> = {
  warned: { step: 1 },
  heldOut: { step: 1, disposition: 'held_out' },
  blocked: { step: 1, disposition: 'blocked' },
  contacted: { step: 1, disposition: 'reached' },
  returned: { disposition: 'reached', outcome: 'returned' },
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
        const behind = BEHIND[key];
        const count = format.number(users);
        return (
          <WaterfallRow
            key={key}
            name={t(key)}
            count={
              only && behind ? (
                <CountLink value={users} to={`/waves/${only.waveNo}/users`} search={behind} />
              ) : (
                <CountAlone value={users} why={t(only ? 'noList' : 'perWave')} />
              )
            }
            bar={<ShareBar part={users} whole={funnel.warned} label={`${t(key)}: ${count}`} />}
          />
        );
      })}
    </ol>
  );
}
