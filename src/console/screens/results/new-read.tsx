import { Button, Group, Select } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { ResultsReport } from '../../../api/v1/schemas/results.ts';
import { READ_DIMENSIONS } from '../../../domain/read-inputs.ts';
import { api } from '../../app/api-client.ts';
import { useAction } from '../../app/use-action.ts';
import { ErrorState } from '../../parts/error-state.tsx';

/** Reads the campaign now, also within the values of a dimension where one is chosen. */
export function NewRead({ campaignId }: { campaignId: string }): ReactNode {
  const t = useTranslations('results');
  const navigate = useNavigate();
  const [by, setBy] = useState<string | null>(null);
  const action = useAction({
    run: (order: { by?: string }, key) => api.post<ResultsReport>(`/v1/campaigns/${campaignId}/reads`, order, key),
    done: ({ readNo }) => t('newReadDone', { no: String(readNo) }),
    refresh: [`/v1/campaigns/${campaignId}/`],
    onDone: ({ readNo }) => void navigate({ to: `/results/${campaignId}`, search: { read: String(readNo) } as never }),
  });
  return (
    <div>
      <Group align="flex-end" gap="xs">
        <Select
          label={t('by')}
          placeholder={t('byNothing')}
          data={READ_DIMENSIONS.map((value) => ({ value, label: t(`dimension.${value}`) }))}
          value={by}
          onChange={setBy}
          clearable
          clearButtonProps={{ 'aria-label': t('byNothing') }}
          w={150}
          size="sm"
        />
        <Button loading={action.running} onClick={() => void action.start(by === null ? {} : { by })}>
          {t('newRead')}
        </Button>
      </Group>
      {action.problem && <ErrorState problem={action.problem} action />}
    </div>
  );
}
