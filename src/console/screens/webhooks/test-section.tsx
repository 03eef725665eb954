import { Alert, Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { WebhookTest } from '../../../api/v1/schemas/webhooks.ts';
import { api } from '../../app/api-client.ts';
import { useAction } from '../../app/use-action.ts';
import { ErrorState } from '../../parts/error-state.tsx';
import { Section } from '../../parts/section.tsx';

/** Sends an event without a task and shows what the receiver answered. */
export function TestSection({ webhookNo }: { webhookNo: number }): ReactNode {
  const t = useTranslations('webhooks');
  const [answer, setAnswer] = useState<WebhookTest | null>(null);
  const test = useAction({
    run: (_input: void, key) => api.post<WebhookTest>(`/v1/webhooks/${webhookNo}/test`, undefined, key),
    onDone: setAnswer,
  });
  return (
    <Section
      title={t('test')}
      about={t('testText')}
      actions={
        <Button variant="default" loading={test.running} onClick={() => void test.start()}>
          {t('sendTest')}
        </Button>
      }
    >
      {test.problem && <ErrorState problem={test.problem} action />}
      {answer && !test.problem && (
        <Alert color={answer.ok ? 'green' : 'red'} title={t(answer.ok ? 'testTaken' : 'testRefused')} role="status">
          {answer.status === null
            ? t('notReached', { why: answer.error ?? '' })
            : t('answered', { status: String(answer.status) })}
        </Alert>
      )}
    </Section>
  );
}
