import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Webhook, WebhookDelivery, WebhookRetry } from '../../../api/v1/schemas/webhooks.ts';
import { api } from '../../app/api-client.ts';
import { useAction } from '../../app/use-action.ts';
import { useList } from '../../app/use-data.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { Section } from '../../parts/section.tsx';
import { StatusBadge, type Tone } from '../../parts/status-badge.tsx';
import { Time } from '../../parts/time.tsx';

const LOOK_EVERY_MS = 10_000;

/** What a receiver was told, newest first, with its last answer; what was given up can be sent once more. */
export function Deliveries({ webhook: { webhookNo, givenUp, removedAt } }: { webhook: Webhook }): ReactNode {
  const t = useTranslations('webhooks');
  const list = useList<WebhookDelivery>(`/v1/webhooks/${webhookNo}/deliveries`, { every: LOOK_EVERY_MS });
  const retry = useAction({
    run: (_input: void, key) => api.post<WebhookRetry>(`/v1/webhooks/${webhookNo}/retry`, undefined, key),
    done: ({ again }) => t('again', { count: again }),
    refresh: ['/v1/webhooks'],
  });
  return (
    <Section
      title={t('deliveries')}
      about={t('deliveriesText')}
      actions={
        givenUp > 0 &&
        removedAt === null && (
          <ConfirmButton
            action={retry}
            title={t('retryTitle', { count: givenUp })}
            question={t('retryText')}
            confirm={t('retry')}
            variant="default"
          >
            {t('retry')}
          </ConfirmButton>
        )
      }
    >
      <DataTable
        label={t('deliveries')}
        list={list}
        columns={useColumns()}
        rowKey={({ deliveryNo }) => deliveryNo}
        empty={<Text c="dimmed">{t('deliveriesNone')}</Text>}
      />
    </Section>
  );
}

const TONE = { delivered: 'good', waiting: 'running', givenUp: 'bad' } satisfies Record<string, Tone>;

function stateOf({ deliveredAt, nextAt }: WebhookDelivery): keyof typeof TONE {
  if (deliveredAt !== null) return 'delivered';
  return nextAt === null ? 'givenUp' : 'waiting';
}

function useColumns(): Column<WebhookDelivery>[] {
  const t = useTranslations('webhooks');
  return [
    { key: 'no', head: t('no'), numeric: true, cell: ({ deliveryNo }) => deliveryNo },
    { key: 'event', head: t('event'), cell: ({ event }) => event },
    {
      key: 'task',
      head: t('task'),
      cell: ({ taskNo }) => <AppLink to={`/tasks/${taskNo}`}>{t('taskNo', { no: String(taskNo) })}</AppLink>,
    },
    { key: 'created', head: t('created'), cell: ({ createdAt }) => <Time at={createdAt} seconds /> },
    {
      key: 'state',
      head: t('state'),
      cell: (delivery) => {
        const state = stateOf(delivery);
        return <StatusBadge tone={TONE[state]}>{t(`deliveryStates.${state}`)}</StatusBadge>;
      },
    },
    { key: 'tries', head: t('tries'), numeric: true, cell: ({ tries }) => tries },
    { key: 'answer', head: t('answer'), cell: (delivery) => <LastAnswer delivery={delivery} /> },
    { key: 'at', head: t('when'), cell: (delivery) => <When delivery={delivery} /> },
  ];
}

function LastAnswer({ delivery: { lastStatus, lastError } }: { delivery: WebhookDelivery }): ReactNode {
  const t = useTranslations('webhooks');
  if (lastStatus === null && lastError === null) return '–';
  return (
    <Stack gap={2}>
      {lastStatus !== null && <Text size="sm">{t('answered', { status: String(lastStatus) })}</Text>}
      {lastStatus === null && lastError !== null && (
        <Text size="sm" className="breakable">
          {lastError}
        </Text>
      )}
    </Stack>
  );
}

function When({ delivery: { deliveredAt, nextAt } }: { delivery: WebhookDelivery }): ReactNode {
  const t = useTranslations('webhooks');
  if (deliveredAt !== null) return <Time at={deliveredAt} seconds />;
  if (nextAt === null) return '–';
  return t.rich('nextTry', { at: () => <Time at={nextAt} seconds /> });
}
