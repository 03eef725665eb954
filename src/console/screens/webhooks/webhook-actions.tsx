import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { MadeWebhook, Webhook } from '../../../api/v1/schemas/webhooks.ts';
import { api } from '../../app/api-client.ts';
import { useAction } from '../../app/use-action.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';

const REFRESH = ['/v1/webhooks'];

interface WebhookActionsProps {
  webhook: Webhook;
  onSecret(secret: string): void;
}

/** Pause or resume, another secret, and the end. */
export function WebhookActions({ webhook: { webhookNo, pausedAt }, onSecret }: WebhookActionsProps): ReactNode {
  const t = useTranslations('webhooks');
  const path = `/v1/webhooks/${webhookNo}`;
  const verb = pausedAt === null ? 'pause' : 'resume';
  const change = useAction({
    run: (_input: void, key) => api.post<Webhook>(`${path}/${verb}`, undefined, key),
    done: t(verb === 'pause' ? 'paused' : 'resumed'),
    refresh: REFRESH,
  });
  const rotate = useAction({
    run: (_input: void, key) => api.post<MadeWebhook>(`${path}/rotate`, undefined, key),
    onDone: ({ secret }) => onSecret(secret),
  });
  const remove = useAction({ run: () => api.delete(path), done: t('removed'), refresh: REFRESH });
  return (
    <>
      <ConfirmButton
        key={verb}
        action={change}
        title={t(`${verb}Title`)}
        question={t(`${verb}Text`)}
        confirm={t(verb)}
        variant="default"
      >
        {t(verb)}
      </ConfirmButton>
      <ConfirmButton
        action={rotate}
        title={t('rotateTitle')}
        question={t('rotateText')}
        confirm={t('rotate')}
        variant="default"
      >
        {t('rotate')}
      </ConfirmButton>
      <ConfirmButton
        action={remove}
        title={t('removeTitle')}
        question={t('removeText')}
        confirm={t('remove')}
        color="red"
        variant="light"
      >
        {t('remove')}
      </ConfirmButton>
    </>
  );
}
