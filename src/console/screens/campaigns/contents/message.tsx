import { Code, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Preview } from '../../../../api/v1/schemas/drafts.ts';
import './message.css';

/** A message as its channel shows it; a mail in a frame that runs and loads nothing. */
export function Message({ preview: { content, page, locale, segments } }: { preview: Preview }): ReactNode {
  const t = useTranslations('campaigns');
  switch (content.channel) {
    case 'email':
      return (
        <Stack gap="xs" lang={locale}>
          <Title order={3}>{content.subject}</Title>
          {page !== null && <iframe className="mail" sandbox="" src={page} title={t('mailTitle')} />}
          <Text fw={600}>{t('asText')}</Text>
          <Code block className="breakable mail-text" tabIndex={0}>
            {content.text}
          </Code>
        </Stack>
      );
    case 'sms':
      return (
        <div lang={locale}>
          <Code block className="breakable mail-text">
            {content.text}
          </Code>
          <Text size="sm" c="dimmed">
            {t('segments', { count: segments ?? 1 })}
          </Text>
        </div>
      );
    case 'push':
      return (
        <div lang={locale}>
          <Title order={3}>{content.title}</Title>
          <Text>{content.body}</Text>
          <Text size="sm" c="dimmed" className="breakable">
            {content.url}
          </Text>
        </div>
      );
    case 'task':
      return (
        <div lang={locale}>
          <Title order={3}>{content.title}</Title>
          <Text className="mail-text">{content.body}</Text>
          <Text size="sm" c="dimmed">
            {t('dueIn', { time: content.dueIn })}
          </Text>
        </div>
      );
  }
}
