import { Button, Group, NumberInput, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Approval } from '../../../../api/v1/schemas/drafts.ts';
import { api } from '../../../app/api-client.ts';
import { useAction } from '../../../app/use-action.ts';
import { ErrorState } from '../../../parts/error-state.tsx';
import { campaignPath, draftPath } from '../campaign-paths.ts';

interface ApprovalFormProps {
  campaignId: string;
  /** Of the draft as it is shown: the approval holds for it alone. */
  hash: string;
  /** The largest audience of the version in force. */
  usual: number | null;
}

/** Approves the draft as it is shown, for waves up to a number of users. */
export function ApprovalForm({ campaignId, hash, usual }: ApprovalFormProps): ReactNode {
  const t = useTranslations('campaigns');
  const [most, setMost] = useState<number | string>(usual ?? '');
  const action = useAction({
    run: (maxAudience: number, key) =>
      api.post<Approval>(`${draftPath(campaignId)}/approvals`, { hash, maxAudience }, key),
    done: t('approvedNote'),
    refresh: [campaignPath(campaignId), '/v1/campaigns', '/v1/home'],
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void action.start(Number(most));
      }}
    >
      <Stack gap="sm">
        <Group align="flex-end">
          <NumberInput
            label={t('maxAudience')}
            description={t('maxAudienceText')}
            value={most}
            onChange={setMost}
            min={1}
            max={1_000_000_000}
            allowDecimal={false}
            thousandSeparator=","
            hideControls
            required
          />
          <Button type="submit" loading={action.running} disabled={Number(most) < 1}>
            {t('approve')}
          </Button>
        </Group>
        {action.problem && <ErrorState problem={action.problem} action />}
      </Stack>
    </form>
  );
}
