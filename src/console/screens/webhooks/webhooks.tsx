import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Webhook } from '../../../api/v1/schemas/webhooks.ts';
import { useData } from '../../app/use-data.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { DataState } from '../../parts/data-state.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Count } from '../../parts/numbers.tsx';
import { Page } from '../../parts/page.tsx';
import { SecretOnce } from '../../parts/secret-once.tsx';
import { Time } from '../../parts/time.tsx';
import { NewWebhookButton } from './new-webhook-button.tsx';
import { WebhookState } from './webhook-state.tsx';

const LOOK_EVERY_MS = 10_000;

/** Receivers that are told of tasks, each with what waits for it. */
export function Screen(): ReactNode {
  const t = useTranslations('webhooks');
  const data = useData<{ items: Webhook[] }>('/v1/webhooks', { every: LOOK_EVERY_MS });
  const [secret, setSecret] = useState<string | null>(null);
  const columns: Column<Webhook>[] = [
    {
      key: 'url',
      head: t('url'),
      cell: ({ webhookNo, url }) => (
        <AppLink to={`/webhooks/${webhookNo}`} className="breakable">
          {url}
        </AppLink>
      ),
    },
    { key: 'state', head: t('state'), cell: (webhook) => <WebhookState webhook={webhook} /> },
    { key: 'events', head: t('events'), cell: ({ events }) => events.join(', ') },
    { key: 'waiting', head: t('waiting'), numeric: true, cell: ({ waiting }) => <Count value={waiting} /> },
    { key: 'givenUp', head: t('givenUp'), numeric: true, cell: ({ givenUp }) => <Count value={givenUp} /> },
    { key: 'by', head: t('by'), cell: ({ actor }) => actor },
    { key: 'added', head: t('added'), cell: ({ createdAt }) => <Time at={createdAt} /> },
  ];
  return (
    <Page title={t('title')} intro={t('intro')} actions={<NewWebhookButton onMade={setSecret} />}>
      {secret !== null && <SecretOnce title={t('secret')} text={t('secretText')} secret={secret} />}
      <DataState data={data}>
        {({ items }) => (
          <DataTable
            label={t('title')}
            rows={items}
            columns={columns}
            rowKey={({ webhookNo }) => webhookNo}
            empty={<EmptyState title={t('none')}>{t('noneText')}</EmptyState>}
          />
        )}
      </DataState>
    </Page>
  );
}
