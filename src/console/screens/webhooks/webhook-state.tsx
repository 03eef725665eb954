import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Webhook } from '../../../api/v1/schemas/webhooks.ts';
import { StatusBadge, type Tone } from '../../parts/status-badge.tsx';

const TONE = { removed: 'quiet', paused: 'waiting', failing: 'bad', active: 'good' } satisfies Record<string, Tone>;

/** Whether a receiver is told, at a glance. */
export function WebhookState({ webhook }: { webhook: Webhook }): ReactNode {
  const t = useTranslations('webhooks');
  const state = stateOf(webhook);
  return <StatusBadge tone={TONE[state]}>{t(`states.${state}`)}</StatusBadge>;
}

function stateOf({ removedAt, pausedAt, givenUp }: Webhook): keyof typeof TONE {
  if (removedAt !== null) return 'removed';
  if (pausedAt !== null) return 'paused';
  return givenUp > 0 ? 'failing' : 'active';
}
