import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { CampaignLine } from '../../../api/v1/schemas/campaigns.ts';
import type { Home } from '../../../api/v1/schemas/home.ts';
import { useData } from '../../app/use-data.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { Section } from '../../parts/section.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';

const DRAFTS_EVERY_MS = 30_000;

/** What waits for a person, each with the page where it is decided. */
export function Decisions({ decisions }: { decisions: Home['decisions'] }): ReactNode {
  const t = useTranslations('home');
  const say = useGlossary();
  const { waves, proposals, unknownMessages } = decisions;
  const campaigns = useData<{ items: CampaignLine[] }>('/v1/campaigns', {
    query: { limit: 200 },
    every: DRAFTS_EVERY_MS,
  });
  const drafts = (campaigns.data?.items ?? []).filter(({ draft }) => draft !== null && draft.errors === 0);
  const none = waves.length + drafts.length + proposals.length + unknownMessages.length === 0;
  return (
    <Section title={t('decisions')}>
      {none && <Text c="dimmed">{t('decisionsNone')}</Text>}
      {waves.map(({ waveNo, campaignId, state, stateReason }) => (
        <Decision
          key={`wave ${waveNo}`}
          to={`/waves/${waveNo}`}
          title={t('wave', { no: String(waveNo), campaign: campaignId })}
          text={[state === 'waiting_approval' ? t('waitsForApproval') : t('halted'), stateReason]
            .filter((part) => part !== null)
            .join(': ')}
        />
      ))}
      {drafts.map(({ campaignId, draft }) => (
        <Decision
          key={`draft ${campaignId}`}
          to={`/campaigns/${campaignId}`}
          title={t('draft', { campaign: campaignId })}
          text={t(draft?.approval ? 'draftApproved' : 'draftText')}
        />
      ))}
      {proposals.map(({ proposalNo, campaignId, segment, action, sentence }) => (
        <Decision
          key={`proposal ${proposalNo}`}
          to={`/thresholds/${campaignId}`}
          title={t('proposal', { campaign: campaignId, segment, action: say('action', action) })}
          text={sentence}
        />
      ))}
      {unknownMessages.map(({ waveNo, campaignId, messages }) => (
        <Decision
          key={`unknown ${waveNo}`}
          to={`/waves/${waveNo}/messages`}
          search={{ state: 'UNKNOWN' }}
          title={t('unknownMessages', { count: messages, campaign: campaignId })}
          text={t('unknownText')}
        />
      ))}
    </Section>
  );
}

function Decision(props: { to: string; search?: Record<string, string>; title: string; text: string }): ReactNode {
  const { to, search, title, text } = props;
  return (
    <Stack gap={0}>
      <AppLink to={to} {...(search && { search })} fw={600}>
        {title}
      </AppLink>
      <Text size="sm" c="dimmed">
        {text}
      </Text>
    </Stack>
  );
}
