import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { CampaignLine } from '../../../api/v1/schemas/campaigns.ts';
import { StatusBadge, type Tone } from '../../parts/status-badge.tsx';

const TONES: Record<CampaignLine['state'], Tone> = {
  active: 'good',
  paused: 'waiting',
  archived: 'quiet',
  draft: 'running',
};

/** Whether a campaign runs, in words on its colour. */
export function CampaignState({ state }: { state: CampaignLine['state'] }): ReactNode {
  const t = useTranslations('campaigns');
  return <StatusBadge tone={TONES[state]}>{t(`states.${state}`)}</StatusBadge>;
}

/** How far an open draft is on its way to being published. */
export function DraftState({ draft }: { draft: NonNullable<CampaignLine['draft']> }): ReactNode {
  const t = useTranslations('campaigns');
  if (draft.hash === null) return <StatusBadge tone="bad">{t('unreadable')}</StatusBadge>;
  if (draft.errors > 0) return <StatusBadge tone="bad">{t('errorCount', { count: draft.errors })}</StatusBadge>;
  if (draft.approval) return <StatusBadge tone="good">{t('approved')}</StatusBadge>;
  return <StatusBadge tone="waiting">{t('waitsForApproval')}</StatusBadge>;
}
