import { Alert, Button, Code, Group, List, Text, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Preview } from '../../../api/v1/schemas/drafts.ts';
import type { TextLibrary, TextLine } from '../../../api/v1/schemas/templates.ts';
import { api } from '../../app/api-client.ts';
import type { ApiProblem } from '../../app/api-problem.ts';
import { useData } from '../../app/use-data.ts';
import { useSearchState } from '../../app/use-search.ts';
import { useMay } from '../../app/viewer.tsx';
import { AppLink } from '../../parts/app-link.tsx';
import { DataState } from '../../parts/data-state.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Count } from '../../parts/numbers.tsx';
import { Page } from '../../parts/page.tsx';
import { Facts, Section } from '../../parts/section.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';
import { campaignPath } from '../campaigns/campaign-paths.ts';
import { Message } from '../campaigns/contents/message.tsx';
import { TextRate } from './text-rate.tsx';

/** One text: as a chosen user gets it, as it is written, and how it did. */
export function Screen(): ReactNode {
  const t = useTranslations('templates');
  const { campaignId = '' } = useParams({ strict: false });
  const mayEdit = useMay('marketer');
  const [{ version, action, arm, step, channel, locale, from, to }] = useSearchState();
  const data = useData<TextLibrary>('/v1/texts', { query: { campaign: campaignId, channel, locale, from, to } });
  const isIt = (line: TextLine): boolean =>
    line.versions.includes(Number(version)) &&
    [line.action, line.arm, String(line.step)].join('/') === [action, arm, step].join('/');
  return (
    <Page
      title={t('titleOf', { campaign: campaignId })}
      intro={[action, arm, t('step', { step: step ?? '1' })].join(' · ')}
      actions={
        <>
          {mayEdit ? (
            <AppLink to={`/campaigns/${campaignId}`} search={{ tab: 'edit' }}>
              {t('toEditor')}
            </AppLink>
          ) : (
            <AppLink to={`/campaigns/${campaignId}`}>{t('toCampaign')}</AppLink>
          )}
          <AppLink to="/templates">{t('back')}</AppLink>
        </>
      }
    >
      <DataState data={data}>
        {({ items }) => {
          const line = items.find(isIt);
          if (line) return <OneText line={line} />;
          return <EmptyState title={t('gone')} next={<AppLink to="/templates">{t('back')}</AppLink>} />;
        }}
      </DataState>
    </Page>
  );
}

function OneText({ line }: { line: TextLine }): ReactNode {
  const t = useTranslations('templates');
  const say = useGlossary();
  const { accepted } = line;
  return (
    <>
      {!line.inForce && <Alert color="yellow">{t('formerText', { version: String(line.version) })}</Alert>}
      <Section title={t('how')} about={t('howText')}>
        <Facts
          facts={[
            [t('channel'), say('channel', line.channel)],
            [t('locale'), line.locale],
            [t('versions'), line.versions.join(', ')],
            [t('sent'), <Count value={line.sent} />],
            [t('accepted'), <Count value={accepted} />],
            [t('clicked'), <TextRate rate={line.clickRate} part={line.clicked} whole={accepted} />],
            [t('returned'), <TextRate rate={line.returnRate} part={line.returned} whole={accepted} />],
            [t('goals'), <TextRate rate={line.goalRate} part={line.goals} whole={accepted} />],
            [t('unsubscribed'), <TextRate rate={line.unsubscribeRate} part={line.unsubscribed} whole={accepted} />],
          ]}
        />
      </Section>
      <Rendered line={line} />
      <Section title={t('written')}>
        {line.subject !== null && <Text fw={600}>{line.subject}</Text>}
        <Code block className="breakable mail-text" tabIndex={0} lang={line.locale}>
          {line.text}
        </Code>
        <Text fw={600}>{t('variables')}</Text>
        {line.variables.length === 0 ? (
          <Text c="dimmed">{t('noVariables')}</Text>
        ) : (
          <Group gap="xs">
            {line.variables.map((name) => (
              <Code key={name}>{name}</Code>
            ))}
          </Group>
        )}
      </Section>
    </>
  );
}

function Rendered({ line }: { line: TextLine }): ReactNode {
  const t = useTranslations('templates');
  const campaigns = useTranslations('campaigns');
  const [{ user }] = useSearchState();
  const { campaignId, version, action, arm, step, channel, locale } = line;
  const wish = { action, arm, step, channel, locale, ...(user !== undefined && { userId: user }) };
  const path = `${campaignPath(campaignId)}/versions/${version}/preview`;
  const preview = useQuery<Preview, ApiProblem>({
    queryKey: [path, wish],
    queryFn: ({ signal }) => api.ask<Preview>(path, wish, signal),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  return (
    <Section title={t('rendered')} about={t('renderedText')}>
      <AsUser />
      {preview.error && <ErrorState problem={preview.error} again={() => void preview.refetch()} />}
      {preview.isLoading && <Loading />}
      {preview.data && !preview.error && (
        <>
          <Message preview={preview.data} />
          {preview.data.notes.length > 0 && (
            <List size="sm" aria-label={campaigns('previewNotes')}>
              {preview.data.notes.map((note) => (
                <List.Item key={note}>{note}</List.Item>
              ))}
            </List>
          )}
        </>
      )}
    </Section>
  );
}

/** Whose name and attributes the text is filled with; kept in the address. */
function AsUser(): ReactNode {
  const t = useTranslations('templates');
  const [{ user }, change] = useSearchState();
  const [typed, setTyped] = useState(user ?? '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change({ user: typed.trim() === '' ? undefined : typed.trim() });
      }}
    >
      <Group align="flex-end" gap="xs">
        <TextInput
          label={t('asUser')}
          placeholder={t('asNobody')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          maxLength={200}
          w={220}
        />
        <Button type="submit" variant="default">
          {t('show')}
        </Button>
      </Group>
    </form>
  );
}
