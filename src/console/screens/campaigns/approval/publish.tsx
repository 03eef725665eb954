import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { Draft, Published } from '../../../../api/v1/schemas/drafts.ts';
import { api } from '../../../app/api-client.ts';
import { useAction } from '../../../app/use-action.ts';
import { useMay } from '../../../app/viewer.tsx';
import { ConfirmButton } from '../../../parts/confirm-button.tsx';
import { ErrorState } from '../../../parts/error-state.tsx';
import { Time } from '../../../parts/time.tsx';
import { campaignPath, draftPath } from '../campaign-paths.ts';

interface PublishProps {
  draft: Draft;
  approval: NonNullable<Draft['approval']>;
}

/** The approval that stands, and what it allows: publishing, or taking it back. */
export function Publish({ draft, approval: { approver, at, maxAudience } }: PublishProps): ReactNode {
  const t = useTranslations('campaigns');
  const format = useFormatter();
  const may = useMay('operator');
  return (
    <Stack gap="sm">
      <Alert color="green" title={t('approved')}>
        <Text size="sm">
          {t('approvedBy', { who: approver, audience: format.number(maxAudience) })} <Time at={at} />. {t('editVoids')}
        </Text>
      </Alert>
      {may ? (
        <Group>
          <PublishButton draft={draft} maxAudience={maxAudience} />
          <Withdraw campaignId={draft.campaignId} />
        </Group>
      ) : (
        <Text size="sm">{t('operatorPublishes')}</Text>
      )}
    </Stack>
  );
}

function PublishButton({ draft: { campaignId, hash }, maxAudience }: { draft: Draft; maxAudience: number }): ReactNode {
  const t = useTranslations('campaigns');
  const format = useFormatter();
  const navigate = useNavigate();
  const action = useAction({
    run: (_: void, key) => api.post<Published>(`${draftPath(campaignId)}/publish`, { hash }, key),
    done: ({ version }) => t('publishedNote', { version }),
    refresh: ['/v1/campaigns', '/v1/home'],
    onDone: ({ schedule }) => {
      if (schedule === 'later') notifications.show({ message: t('scheduleLater'), color: 'yellow' });
      void navigate({ to: `/campaigns/${campaignId}`, search: {} });
    },
  });
  return (
    <ConfirmButton
      action={action}
      title={t('publishTitle')}
      question={t('publishText', { audience: format.number(maxAudience) })}
      confirm={t('publish')}
    >
      {t('publish')}
    </ConfirmButton>
  );
}

function Withdraw({ campaignId }: { campaignId: string }): ReactNode {
  const t = useTranslations('campaigns');
  const action = useAction({
    run: () => api.delete(`${draftPath(campaignId)}/approvals`),
    done: t('withdrawn'),
    refresh: [campaignPath(campaignId), '/v1/campaigns', '/v1/home'],
  });
  return (
    <>
      <Button variant="default" loading={action.running} onClick={() => void action.start()}>
        {t('withdraw')}
      </Button>
      {action.problem && <ErrorState problem={action.problem} action />}
    </>
  );
}
