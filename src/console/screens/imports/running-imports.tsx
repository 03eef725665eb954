import { Progress, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { RunningImport } from '../../../api/v1/schemas/imports.ts';
import { useData } from '../../app/use-data.ts';
import { Section } from '../../parts/section.tsx';

const EVERY_MS = 1000;
const MIB = 1024 * 1024;

/** What the server imports just now, whoever sent it; nothing where it rests. */
export function RunningImports(): ReactNode {
  const t = useTranslations('imports');
  const running = useData<{ items: RunningImport[] }>('/v1/imports/running', { every: EVERY_MS });
  const items = running.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section title={t('running')}>
      {items.map((item) => (
        <One key={`${item.startedAt} ${item.source}`} item={item} />
      ))}
    </Section>
  );
}

function One({ item }: { item: RunningImport }): ReactNode {
  const t = useTranslations('imports');
  const { kind, source, actor, rows, bytes, totalBytes } = item;
  return (
    <Stack gap={4}>
      <Text size="sm" className="breakable">
        {t('runningLine', { kind: t(`kinds.${kind}`), source, actor, rows, mib: bytes / MIB })}
      </Text>
      {totalBytes !== null && totalBytes > 0 && (
        <Progress value={Math.min(100, (100 * bytes) / totalBytes)} aria-label={t('progress', { source })} />
      )}
    </Stack>
  );
}
