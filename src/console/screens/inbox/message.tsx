import { Anchor, Code, List, ScrollArea, Tabs, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { InboxMessage } from '../../../api/v1/schemas/inbox.ts';
import { useData } from '../../app/use-data.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { DataState } from '../../parts/data-state.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Page } from '../../parts/page.tsx';
import { Facts, Section } from '../../parts/section.tsx';
import { Time } from '../../parts/time.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';

/** One received message: as it looks, its text, links, headers and source. */
export function Screen(): ReactNode {
  const { channel = '', id = '' } = useParams({ strict: false });
  const t = useTranslations('inbox');
  const message = useData<InboxMessage>(`/v1/inbox/${channel}/${encodeURIComponent(id)}`);
  return (
    <Page title={message.data?.title ?? t('message')} actions={<AppLink to="/inbox">{t('back')}</AppLink>}>
      <DataState data={message}>{(shown) => <Message message={shown} />}</DataState>
    </Page>
  );
}

function Message({ message }: { message: InboxMessage }): ReactNode {
  const t = useTranslations('inbox');
  const say = useGlossary();
  const { headers, source, hasHtml, text } = message;
  return (
    <>
      <Facts
        facts={[
          [t('channel'), say('channel', message.channel)],
          ...(message.from === null ? [] : [[t('from'), message.from] as const]),
          [t('to'), message.to],
          [t('at'), <Time key="at" at={message.at} seconds />],
          ...(message.url === null ? [] : [[t('opens'), message.url] as const]),
        ]}
      />
      <Tabs defaultValue={hasHtml ? 'shown' : 'text'} keepMounted={false}>
        <Tabs.List>
          {hasHtml && <Tabs.Tab value="shown">{t('shown')}</Tabs.Tab>}
          <Tabs.Tab value="text">{t('text')}</Tabs.Tab>
          {headers.length > 0 && <Tabs.Tab value="headers">{t('headers')}</Tabs.Tab>}
          {source !== null && <Tabs.Tab value="source">{t('source')}</Tabs.Tab>}
        </Tabs.List>
        {hasHtml && (
          <Tabs.Panel value="shown" pt="sm">
            <iframe
              className="mail-frame"
              title={t('frame')}
              sandbox=""
              referrerPolicy="no-referrer"
              src={`/v1/inbox/mail/${encodeURIComponent(message.id)}/body`}
            />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="text" pt="sm">
          {text === null ? <Text c="dimmed">{t('noText')}</Text> : <Text className="as-written">{text}</Text>}
        </Tabs.Panel>
        <Tabs.Panel value="headers" pt="sm">
          <DataTable
            label={t('headers')}
            rows={headers.map((header, place) => ({ ...header, place }))}
            rowKey={({ place }) => place}
            columns={[
              { key: 'name', head: t('name'), cell: ({ name }) => name },
              { key: 'value', head: t('value'), cell: ({ value }) => <span className="as-written">{value}</span> },
            ]}
            empty={null}
          />
        </Tabs.Panel>
        <Tabs.Panel value="source" pt="sm">
          <ScrollArea.Autosize mah={480} viewportProps={{ tabIndex: 0, 'aria-label': t('source') }}>
            <Code block>{source}</Code>
          </ScrollArea.Autosize>
        </Tabs.Panel>
      </Tabs>
      <Links message={message} />
    </>
  );
}

function Links({ message }: { message: InboxMessage }): ReactNode {
  const t = useTranslations('inbox');
  if (message.links.length === 0) return <Text c="dimmed">{t('noLinks')}</Text>;
  return (
    <Section title={t('links')} about={t('linksAbout')}>
      <List spacing={4}>
        {message.links.map(({ text, url }, place) => (
          <List.Item key={`${place} ${url}`}>
            <Anchor href={url} target="_blank" rel="noreferrer noopener" className="as-written">
              {text.trim() === '' ? url : text}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Section>
  );
}
