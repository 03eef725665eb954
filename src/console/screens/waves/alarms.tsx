import { Alert, List } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Alarm } from '../../../api/v1/schemas/waves.ts';
import { Time } from '../../parts/time.tsx';

/** What Recallwave raised about a wave while nobody watched. */
export function Alarms({ alarms }: { alarms: readonly Alarm[] }): ReactNode {
  const t = useTranslations('waves');
  if (alarms.length === 0) return null;
  return (
    <Alert color="red" title={t('alarms')}>
      <List size="sm">
        {alarms.map(({ alarmNo, message, at }) => (
          <List.Item key={alarmNo}>
            <Time at={at} />: {message}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
