import { Alert, List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { TestSendReport } from '../../../../api/v1/schemas/drafts.ts';
import { AppLink } from '../../../parts/app-link.tsx';
import { StatusBadge } from '../../../parts/status-badge.tsx';

const TONES = { accepted: 'good', refused: 'bad', unknown: 'waiting' } as const;

/** What became of each test message. */
export function SentReport({ report: { sent, standIn, notes } }: { report: TestSendReport }): ReactNode {
  const t = useTranslations('campaigns');
  return (
    <>
      {standIn && (
        <Alert color="blue">
          {t('standIn')}{' '}
          <AppLink to="/inbox" underline="always">
            {t('toInbox')}
          </AppLink>
        </Alert>
      )}
      <List listStyleType="none" aria-label={t('testReport')}>
        {sent.map(({ to, result, detail }) => (
          <List.Item key={to}>
            <StatusBadge tone={TONES[result]}>{t(`sendResult.${result}`)}</StatusBadge> {to}{' '}
            <Text span size="sm" c="dimmed" className="breakable">
              {detail}
            </Text>
          </List.Item>
        ))}
      </List>
      {notes.map((note) => (
        <Text key={note} size="sm">
          {note}
        </Text>
      ))}
    </>
  );
}
