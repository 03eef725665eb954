import { Button, List, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { AuditRow } from '../../../api/v1/schemas/audit.ts';
import { detailLines, type DetailLine } from './detail-lines.ts';

const SHOWN_AT_ONCE = 5;

/** What an action changed, from what to what. */
export function Details({ details }: Pick<AuditRow, 'details'>): ReactNode {
  const t = useTranslations('audit');
  const [all, setAll] = useState(false);
  if (details === null) return <Text c="dimmed">{t('hidden')}</Text>;
  const lines = detailLines(details);
  if (lines.length === 0) return <Text c="dimmed">{t('noDetails')}</Text>;
  return (
    <Stack gap={4} align="flex-start">
      <List size="sm" spacing={2} listStyleType="none">
        {lines.slice(0, all ? lines.length : SHOWN_AT_ONCE).map((line, place) => (
          <List.Item key={`${place} ${line.key}`} className="breakable">
            <Line line={line} />
          </List.Item>
        ))}
      </List>
      {lines.length > SHOWN_AT_ONCE && (
        <Button size="compact-xs" variant="default" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('showLess') : t('showAll', { count: lines.length })}
        </Button>
      )}
    </Stack>
  );
}

function Line({ line }: { line: DetailLine }): ReactNode {
  const t = useTranslations('audit');
  const name = line.key === '' ? '' : `${line.key}: `;
  if ('value' in line) return `${name}${line.value}`;
  return (
    <>
      {name}
      {t('change', { before: line.before, after: line.after })}
    </>
  );
}
