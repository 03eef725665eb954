import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { Rehearsal } from '../../../api/v1/schemas/wave-orders.ts';
import { ShareBar } from '../../parts/share-bar.tsx';
import { byHour } from './rehearsed-groups.ts';
import { WaterfallRow } from './waterfall.tsx';

/** When messages would go out, by the hour of the user's own clock. */
export function RehearsedHours({ rehearsal }: { rehearsal: Rehearsal }): ReactNode {
  const t = useTranslations('waves');
  const format = useFormatter();
  const hours = byHour(rehearsal.messages);
  const most = Math.max(...hours.map(({ users }) => users), 1);
  if (hours.length === 0) return <Text c="dimmed">{t('nobody')}</Text>;
  return (
    <ol className="waterfall waterfall-short">
      {hours.map(({ hour, users }) => {
        const name = hour === null ? t('hourNow') : t('hourRange', { hour: String(hour).padStart(2, '0') });
        return (
          <WaterfallRow
            key={name}
            name={name}
            count={format.number(users)}
            bar={<ShareBar part={users} whole={most} label={`${name}: ${format.number(users)}`} />}
          />
        );
      })}
    </ol>
  );
}
