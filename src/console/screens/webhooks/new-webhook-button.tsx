import { Checkbox, Stack, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { MadeWebhook } from '../../../api/v1/schemas/webhooks.ts';
import { WEBHOOK_EVENTS } from '../../../domain/webhook-events.ts';
import { api } from '../../app/api-client.ts';
import { useAction } from '../../app/use-action.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';

/** Adds a receiver and hands over the secret that signs, once. */
export function NewWebhookButton({ onMade }: { onMade(secret: string): void }): ReactNode {
  const t = useTranslations('webhooks');
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState<string[]>([...WEBHOOK_EVENTS]);
  const add = useAction({
    run: (_input: void, key) => api.post<MadeWebhook>('/v1/webhooks', { url: url.trim(), events }, key),
    done: t('addedDone'),
    refresh: ['/v1/webhooks'],
    onDone: ({ secret }) => {
      onMade(secret);
      setUrl('');
    },
  });
  return (
    <ConfirmButton
      action={add}
      title={t('add')}
      question={t('addText')}
      confirm={t('add')}
      incomplete={!URL.canParse(url.trim()) || events.length === 0}
      fields={
        <>
          <TextInput
            type="url"
            label={t('url')}
            description={t('urlHint')}
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
            maxLength={2_000}
            required
          />
          <Checkbox.Group label={t('events')} value={events} onChange={setEvents} required>
            <Stack gap="xs" mt="xs">
              {WEBHOOK_EVENTS.map((event) => (
                <Checkbox key={event} value={event} label={t(`eventNames.${nameOf(event)}`)} description={event} />
              ))}
            </Stack>
          </Checkbox.Group>
        </>
      }
    >
      {t('add')}
    </ConfirmButton>
  );
}

type Name<Event> = Event extends `task.${infer Rest}` ? Rest : never;

function nameOf<Event extends (typeof WEBHOOK_EVENTS)[number]>(event: Event): Name<Event> {
  return event.slice('task.'.length) as Name<Event>;
}
