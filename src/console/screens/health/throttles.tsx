import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { ChannelThrottle } from '../../../api/v1/schemas/waves.ts';
import { useData } from '../../app/use-data.ts';
import { useMay } from '../../app/viewer.tsx';
import { DataState } from '../../parts/data-state.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { Section } from '../../parts/section.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { Time } from '../../parts/time.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';
import { ThrottleButtons } from './throttle-buttons.tsx';

const LOOK_AGAIN_MS = 10_000;

/** How fast each provider is used, and which are stopped. */
export function Throttles(): ReactNode {
  const t = useTranslations('throttles');
  const data = useData<{ items: ChannelThrottle[] }>('/v1/throttles', { every: LOOK_AGAIN_MS });
  const columns = useColumns();
  return (
    <Section title={t('title')} about={t('about')}>
      <DataState data={data}>
        {({ items }) => (
          <DataTable label={t('title')} rows={items} columns={columns} rowKey={({ channel }) => channel} empty={null} />
        )}
      </DataState>
    </Section>
  );
}

function useColumns(): Column<ChannelThrottle>[] {
  const t = useTranslations('throttles');
  const say = useGlossary();
  const format = useFormatter();
  const mayOperate = useMay('operator');
  return [
    { key: 'channel', head: t('channel'), cell: ({ channel }) => say('channel', channel) },
    { key: 'provider', head: t('provider'), cell: ({ provider }) => provider },
    {
      key: 'rate',
      head: t('rate'),
      cell: ({ ratePerS }) => (ratePerS === null ? t('noLimit') : t('perSecond', { rate: format.number(ratePerS) })),
    },
    { key: 'from', head: t('from'), cell: ({ from }) => t(`origin.${from}`) },
    { key: 'state', head: t('state'), cell: (throttle) => <State throttle={throttle} /> },
    ...(mayOperate
      ? [
          {
            key: 'change',
            head: t('change'),
            cell: (throttle: ChannelThrottle) => <ThrottleButtons throttle={throttle} />,
          },
        ]
      : []),
  ];
}

function State({ throttle: { stoppedAt, stoppedWhy } }: { throttle: ChannelThrottle }): ReactNode {
  const t = useTranslations('throttles');
  if (stoppedAt === null) return <StatusBadge tone="good">{t('sends')}</StatusBadge>;
  return (
    <>
      <StatusBadge tone="bad">{t('stopped', { why: stoppedWhy ?? '–' })}</StatusBadge> <Time at={stoppedAt} />
    </>
  );
}
