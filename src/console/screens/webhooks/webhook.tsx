import { Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Webhook } from '../../../api/v1/schemas/webhooks.ts';
import { useData } from '../../app/use-data.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { DataState } from '../../parts/data-state.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Count } from '../../parts/numbers.tsx';
import { Page } from '../../parts/page.tsx';
import { SecretOnce } from '../../parts/secret-once.tsx';
import { Facts } from '../../parts/section.tsx';
import { Time } from '../../parts/time.tsx';
import { Deliveries } from './deliveries.tsx';
import { TestSection } from './test-section.tsx';
import { WebhookActions } from './webhook-actions.tsx';
import { WebhookState } from './webhook-state.tsx';

const LOOK_EVERY_MS = 10_000;

/** One receiver: what it was told, what it answered, and what can be done about it. */
export function Screen(): ReactNode {
  const t = useTranslations('webhooks');
  const { webhookNo = '' } = useParams({ strict: false });
  const data = useData<{ items: Webhook[] }>('/v1/webhooks', { every: LOOK_EVERY_MS });
  return (
    <DataState data={data}>
      {({ items }) => {
        const webhook = items.find((one) => String(one.webhookNo) === webhookNo);
        if (webhook) return <OneWebhook webhook={webhook} />;
        return (
          <Page title={t('titleOf', { no: webhookNo })}>
            <EmptyState title={t('missing')} next={<AppLink to="/webhooks">{t('back')}</AppLink>} />
          </Page>
        );
      }}
    </DataState>
  );
}

function OneWebhook({ webhook }: { webhook: Webhook }): ReactNode {
  const t = useTranslations('webhooks');
  const [secret, setSecret] = useState<string | null>(null);
  const { webhookNo, url, events, waiting, givenUp, actor, createdAt, pausedAt, removedAt } = webhook;
  return (
    <Page
      title={t('titleOf', { no: String(webhookNo) })}
      intro={
        <Text span className="breakable">
          {url}
        </Text>
      }
      actions={
        <>
          {removedAt === null && <WebhookActions webhook={webhook} onSecret={setSecret} />}
          <AppLink to="/webhooks">{t('back')}</AppLink>
        </>
      }
    >
      {secret !== null && <SecretOnce title={t('secret')} text={t('secretText')} secret={secret} />}
      <Facts
        facts={[
          [t('state'), <WebhookState webhook={webhook} />],
          [t('events'), events.join(', ')],
          [t('waiting'), <Count value={waiting} />],
          [t('givenUp'), <Count value={givenUp} />],
          [t('by'), actor],
          [t('added'), <Time at={createdAt} />],
          ...(pausedAt === null ? [] : [[t('pausedAt'), <Time at={pausedAt} />] as const]),
          ...(removedAt === null ? [] : [[t('removedAt'), <Time at={removedAt} />] as const]),
        ]}
      />
      {removedAt === null && <TestSection webhookNo={webhookNo} />}
      <Deliveries webhook={webhook} />
    </Page>
  );
}
