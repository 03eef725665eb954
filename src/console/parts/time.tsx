import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { useViewer } from '../app/viewer.tsx';

const TO_MINUTE = { dateStyle: 'medium', timeStyle: 'short' } as const;
const TO_SECOND = { dateStyle: 'medium', timeStyle: 'medium' } as const;

interface TimeProps {
  /** ISO 8601. */
  at: string;
  /** The user's zone: their time is shown beside the viewer's. */
  userZone?: string | null | undefined;
  seconds?: boolean;
}

/** A moment in the viewer's zone; in full with its zone under the pointer. */
export function Time({ at, userZone, seconds = false }: TimeProps): ReactNode {
  const t = useTranslations('parts');
  const format = useFormatter();
  const { timeZone } = useViewer();
  const date = new Date(at);
  const shown = seconds ? TO_SECOND : TO_MINUTE;
  const beside = userZone && userZone !== timeZone ? inZone(userZone) : null;
  function inZone(zone: string): string | null {
    try {
      return format.dateTime(date, { ...shown, timeZone: zone });
    } catch {
      return null;
    }
  }
  return (
    <time dateTime={at} title={format.dateTime(date, { dateStyle: 'full', timeStyle: 'long' })}>
      {format.dateTime(date, shown)}
      {beside !== null && (
        <Text span c="dimmed" size="sm" title={userZone ?? ''}>
          {' '}
          ({t('theirTime', { time: beside })})
        </Text>
      )}
    </time>
  );
}

/** How long ago or until, kept up to date by the page's next look; the moment itself under the pointer. */
export function Ago({ at }: { at: string }): ReactNode {
  const format = useFormatter();
  const date = new Date(at);
  return (
    <time dateTime={at} title={format.dateTime(date, { dateStyle: 'full', timeStyle: 'long' })}>
      {format.relativeTime(date, new Date())}
    </time>
  );
}

/** A calendar date such as 2026-11-22, which has no zone. */
export function LocalDate({ date }: { date: string }): ReactNode {
  const format = useFormatter();
  return (
    <time dateTime={date}>
      {format.dateTime(new Date(`${date}T00:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' })}
    </time>
  );
}
