import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { TextLine } from '../../../api/v1/schemas/retrospective.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Count } from '../../parts/numbers.tsx';
import { Section } from '../../parts/section.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { templateText } from '../../parts/template-text.ts';
import { useGlossary } from '../../parts/use-glossary.ts';
import { ShareText } from './share-text.tsx';

/** Texts that were sent, best first. */
export function TextsSection({ texts }: { texts: readonly TextLine[] }): ReactNode {
  const t = useTranslations('retrospective');
  const say = useGlossary();
  if (texts.length === 0) return null;
  return (
    <Section title={t('texts')} about={t('textsAbout')}>
      <DataTable
        label={t('texts')}
        rows={texts}
        rowKey={({ campaignId, action, arm, step, channel }) => `${campaignId} ${action} ${arm} ${step} ${channel}`}
        empty={null}
        columns={[
          {
            key: 'text',
            head: t('text'),
            cell: ({ subject, arm, action, channel, step, campaignId }) => (
              <>
                <Text size="sm" fw={600}>
                  {subject === null ? arm : templateText(subject)}
                </Text>
                <Text size="sm" c="dimmed">
                  {[
                    campaignId,
                    say('action', action),
                    arm,
                    say('channel', channel),
                    t('step', { step: String(step) }),
                  ].join(' · ')}
                </Text>
              </>
            ),
          },
          { key: 'sent', head: t('sent'), numeric: true, cell: ({ sent }) => <Count value={sent} /> },
          { key: 'clicked', head: t('clicked'), cell: ({ clicked }) => <ShareText share={clicked} /> },
          { key: 'returned', head: t('returned'), cell: ({ returned }) => <ShareText share={returned} /> },
          { key: 'goal', head: t('reachedGoal'), cell: ({ reachedGoal }) => <ShareText share={reachedGoal} /> },
          ...(texts.some(({ isClear }) => isClear)
            ? [
                {
                  key: 'clear',
                  head: t('word'),
                  cell: ({ isClear }: TextLine) => isClear && <StatusBadge tone="good">{t('clear')}</StatusBadge>,
                },
              ]
            : []),
        ]}
      />
    </Section>
  );
}
