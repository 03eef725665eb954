import { Alert, List, Stack } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { CampaignDetail } from '../../../../api/v1/schemas/campaigns.ts';
import type { Preview } from '../../../../api/v1/schemas/drafts.ts';
import { api } from '../../../app/api-client.ts';
import type { ApiProblem } from '../../../app/api-problem.ts';
import { ErrorState } from '../../../parts/error-state.tsx';
import { Loading } from '../../../parts/loading.tsx';
import { Section } from '../../../parts/section.tsx';
import { draftPath } from '../campaign-paths.ts';
import { useTyped, type Typed } from '../edit/use-typed.ts';
import { Choice } from './choice.tsx';
import { Message } from './message.tsx';
import { useWish, type Wish } from './use-wish.ts';

/** Each message as a chosen user would get it; what is typed and not saved yet is shown too. */
export function Contents({ campaign: { campaignId } }: { campaign: CampaignDetail }): ReactNode {
  const t = useTranslations('campaigns');
  const [typed] = useTyped(campaignId);
  const [wish, change] = useWish();
  const preview = usePreview(campaignId, wish, typed);
  return (
    <Stack gap="md">
      {typed && <Alert color="blue">{t('previewTyped')}</Alert>}
      <Choice shown={preview.data ?? null} wish={wish} onChange={change} />
      {preview.error && <ErrorState problem={preview.error} again={() => void preview.refetch()} />}
      {preview.isLoading && <Loading />}
      {preview.data && !preview.error && <Shown preview={preview.data} />}
    </Stack>
  );
}

function usePreview(campaignId: string, wish: Wish, typed: Typed | null) {
  const texts = typed && { source: typed.source, files: typed.files };
  return useQuery<Preview, ApiProblem>({
    queryKey: [`${draftPath(campaignId)}/preview`, wish, texts],
    queryFn: ({ signal }) =>
      api.ask<Preview>(`${draftPath(campaignId)}/preview`, { ...wish, ...(texts && { texts }) }, signal),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
}

function Shown({ preview }: { preview: Preview }): ReactNode {
  const t = useTranslations('campaigns');
  return (
    <Section title={t('asReceived')}>
      <Message preview={preview} />
      {preview.notes.length > 0 && (
        <List size="sm" aria-label={t('previewNotes')}>
          {preview.notes.map((note) => (
            <List.Item key={note}>{note}</List.Item>
          ))}
        </List>
      )}
    </Section>
  );
}
