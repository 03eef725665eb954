import { Badge, Group, Select, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { TextLibrary, TextLine } from '../../../api/v1/schemas/templates.ts';
import { CHANNELS } from '../../../domain/words.ts';
import { useData } from '../../app/use-data.ts';
import { useSearchState } from '../../app/use-search.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { CampaignSelect } from '../../parts/campaign-select.tsx';
import { DataState } from '../../parts/data-state.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Count } from '../../parts/numbers.tsx';
import { Page } from '../../parts/page.tsx';
import { PeriodInputs } from '../../parts/period-inputs.tsx';
import { templateText } from '../../parts/template-text.ts';
import { useGlossary } from '../../parts/use-glossary.ts';
import { TextRate } from './text-rate.tsx';

/** Languages that the texts of playbooks have; others are written into the address. */
const LOCALES = ['en', 'zh-CN'];

/** The library of texts: every text of the campaigns, and how each did. */
export function Screen(): ReactNode {
  const t = useTranslations('templates');
  const [{ campaign, channel, locale, from, to }] = useSearchState();
  const data = useData<TextLibrary>('/v1/texts', { query: { campaign, channel, locale, from, to } });
  return (
    <Page title={t('title')} intro={t('intro')}>
      <Filters period={data.data} />
      <DataState data={data}>{(library) => <Texts library={library} />}</DataState>
    </Page>
  );
}

function Filters({ period }: { period: Pick<TextLibrary, 'from' | 'to'> | undefined }): ReactNode {
  const t = useTranslations('templates');
  const say = useGlossary();
  const [{ campaign, channel, locale }, change] = useSearchState();
  const any = t('any');
  return (
    <Group align="flex-end" gap="sm">
      <CampaignSelect
        label={t('campaign')}
        value={campaign ?? null}
        onChange={(id) => change({ campaign: id ?? undefined })}
        clearable
      />
      <Select
        label={t('channel')}
        placeholder={any}
        data={CHANNELS.map((value) => ({ value, label: say('channel', value) }))}
        value={channel ?? null}
        onChange={(value) => change({ channel: value ?? undefined })}
        clearable
        clearButtonProps={{ 'aria-label': any }}
        w={150}
      />
      <Select
        label={t('locale')}
        placeholder={any}
        data={locale === undefined || LOCALES.includes(locale) ? LOCALES : [...LOCALES, locale]}
        value={locale ?? null}
        onChange={(value) => change({ locale: value ?? undefined })}
        clearable
        clearButtonProps={{ 'aria-label': any }}
        w={130}
      />
      <PeriodInputs labels={{ from: t('from'), to: t('to') }} otherwise={period} />
    </Group>
  );
}

function Texts({ library: { items, from, to } }: { library: TextLibrary }): ReactNode {
  const t = useTranslations('templates');
  const [search] = useSearchState();
  const filtered = Object.values(search).some((value) => value !== undefined);
  const empty = filtered ? (
    <EmptyState title={t('noneMatch')} next={<AppLink to="/templates">{t('clear')}</AppLink>} />
  ) : (
    <EmptyState title={t('none')} next={<AppLink to="/campaigns">{t('toCampaigns')}</AppLink>}>
      {t('noneText')}
    </EmptyState>
  );
  return (
    <DataTable
      label={t('title')}
      rows={items}
      rowKey={(line) => JSON.stringify([line.campaignId, line.version, ...placeOf(line)])}
      columns={useColumns({ from, to })}
      empty={empty}
    />
  );
}

function placeOf({ action, arm, step, channel, locale }: TextLine): (string | number)[] {
  return [action, arm, step, channel, locale];
}

function useColumns(period: { from: string; to: string }): Column<TextLine>[] {
  const t = useTranslations('templates');
  const say = useGlossary();
  return [
    { key: 'text', head: t('text'), cell: (line) => <TextCell line={line} period={period} /> },
    { key: 'channel', head: t('channel'), cell: ({ channel }) => say('channel', channel) },
    { key: 'locale', head: t('locale'), cell: ({ locale }) => locale },
    { key: 'accepted', head: t('accepted'), numeric: true, cell: ({ accepted }) => <Count value={accepted} /> },
    {
      key: 'clicked',
      head: t('clicked'),
      numeric: true,
      cell: ({ clickRate, clicked, accepted }) => <TextRate rate={clickRate} part={clicked} whole={accepted} />,
    },
    {
      key: 'returned',
      head: t('returned'),
      numeric: true,
      cell: ({ returnRate, returned, accepted }) => <TextRate rate={returnRate} part={returned} whole={accepted} />,
    },
    {
      key: 'goals',
      head: t('goals'),
      numeric: true,
      cell: ({ goalRate, goals, accepted }) => <TextRate rate={goalRate} part={goals} whole={accepted} />,
    },
    {
      key: 'unsubscribed',
      head: t('unsubscribed'),
      numeric: true,
      cell: ({ unsubscribeRate, unsubscribed, accepted }) => (
        <TextRate rate={unsubscribeRate} part={unsubscribed} whole={accepted} />
      ),
    },
  ];
}

function TextCell({ line, period }: { line: TextLine; period: { from: string; to: string } }): ReactNode {
  const t = useTranslations('templates');
  const { campaignId, version, action, arm, step, channel, locale, subject, text, inForce } = line;
  return (
    <>
      <AppLink
        to={`/templates/${campaignId}`}
        search={{ version, action, arm, step, channel, locale, ...period }}
        fw={600}
        className="breakable"
      >
        {shortened(templateText(subject ?? text))}
      </AppLink>
      <Text size="sm" c="dimmed" className="breakable">
        {[campaignId, action, arm, t('step', { step: String(step) })].join(' · ')}{' '}
        {!inForce && (
          <Badge color="gray" variant="light" tt="none">
            {t('former')}
          </Badge>
        )}
      </Text>
    </>
  );
}

const SHOWN = 80;

function shortened(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, ' ');
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}
