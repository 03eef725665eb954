import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { send } from '../../../app/api-client.ts';
import { useAction } from '../../../app/use-action.ts';
import { ConfirmButton } from '../../../parts/confirm-button.tsx';
import { StatusBadge } from '../../../parts/status-badge.tsx';
import { Time } from '../../../parts/time.tsx';
import { draftPath } from '../campaign-paths.ts';
import { ConfirmTaking } from './confirm-taking.tsx';
import type { DraftWork } from './use-draft.ts';

/** What is being edited, whether all of it is saved, and the buttons that save or throw away. */
export function DraftBar({ campaignId, work }: { campaignId: string; work: DraftWork }): ReactNode {
  const t = useTranslations('campaigns');
  const { saved, typed, save, meanwhile } = work;
  const draft = saved.data;
  return (
    <Group justify="space-between">
      <Group gap="xs">
        <StatusBadge tone={typed ? 'waiting' : 'good'}>{t(typed ? 'notSaved' : 'allSaved')}</StatusBadge>
        {draft?.updatedAt ? (
          <Text size="sm">
            {t('revisionBy', { revision: draft.revision, who: draft.editor ?? '–' })}, <Time at={draft.updatedAt} />
          </Text>
        ) : (
          <Text size="sm">{t('fromVersion', { version: draft?.versionInForce ?? 0 })}</Text>
        )}
      </Group>
      <Group gap="xs">
        {typed && <ConfirmTaking onTake={work.dropTyped} />}
        {!typed && draft && draft.revision > 0 && <Discard campaignId={campaignId} revision={draft.revision} />}
        <Button onClick={() => void save.start()} loading={save.running} disabled={!typed || meanwhile !== null}>
          {t('save')}
        </Button>
      </Group>
    </Group>
  );
}

function Discard({ campaignId, revision }: { campaignId: string; revision: number }): ReactNode {
  const t = useTranslations('campaigns');
  const action = useAction({
    run: () => send('DELETE', draftPath(campaignId), { headers: { 'if-match': `"${revision}"` } }),
    done: t('discarded'),
    refresh: ['/v1/campaigns', '/v1/home'],
  });
  return (
    <ConfirmButton
      action={action}
      title={t('discardTitle')}
      question={t('discardText')}
      confirm={t('discard')}
      variant="default"
    >
      {t('discard')}
    </ConfirmButton>
  );
}
