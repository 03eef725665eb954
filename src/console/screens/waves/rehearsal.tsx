import { Button, Group, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Rehearsal } from '../../../api/v1/schemas/wave-orders.ts';
import { api } from '../../app/api-client.ts';
import { useAction } from '../../app/use-action.ts';
import { useSearchState } from '../../app/use-search.ts';
import { useMay, useViewer } from '../../app/viewer.tsx';
import { CampaignSelect } from '../../parts/campaign-select.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Page } from '../../parts/page.tsx';
import { Rehearsed } from './rehearsed.tsx';
import { RunStatus } from './run-status.tsx';
import { RunWave } from './run-wave.tsx';
import { zonedToIso } from './zoned-time.ts';

/** What a wave would do, over the real audience; and the button that runs today's. */
export function Screen(): ReactNode {
  const t = useTranslations('waves');
  const { timeZone } = useViewer();
  const mayRun = useMay('operator');
  const [{ campaign = '', run }, change] = useSearchState();
  const [at, setAt] = useState('');
  const [rehearsed, setRehearsed] = useState<Rehearsal | null>(null);
  const rehearse = useAction({
    run: (input: { campaign: string; at?: string }, key) =>
      api.post<Rehearsal>(`/v1/campaigns/${input.campaign}/rehearsals`, input.at ? { at: input.at } : {}, key),
    onDone: setRehearsed,
  });
  function choose(id: string | null): void {
    setRehearsed(null);
    change({ campaign: id ?? undefined, run: undefined });
  }
  return (
    <Page
      title={t('rehearsal')}
      intro={t('rehearsalAbout')}
      actions={
        mayRun && campaign !== '' && <RunWave campaignId={campaign} onStarted={(runId) => change({ run: runId })} />
      }
    >
      <Group align="flex-start" gap="sm">
        <CampaignSelect label={t('campaign')} value={campaign} onChange={choose} />
        <TextInput
          type="datetime-local"
          label={t('rehearsalAt')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          description={t('rehearsalAtHint', { zone: timeZone })}
          value={at}
          onChange={(event) => setAt(event.currentTarget.value)}
        />
        <Button
          mt={25}
          disabled={campaign === ''}
          loading={rehearse.running}
          onClick={() => void rehearse.start({ campaign, ...(at !== '' && { at: zonedToIso(at, timeZone) }) })}
        >
          {t('rehearseRun')}
        </Button>
      </Group>
      {run !== undefined && campaign !== '' && <RunStatus campaignId={campaign} runId={run} />}
      {rehearse.problem && <ErrorState problem={rehearse.problem} action />}
      {rehearse.running && (
        <div>
          <Loading />
          <Text ta="center">{t('rehearsing')}</Text>
        </div>
      )}
      {!rehearse.running && rehearsed !== null && <Rehearsed rehearsal={rehearsed} />}
      {!rehearse.running && rehearsed === null && !rehearse.problem && (
        <EmptyState title={t('rehearsalEmpty')}>{t('rehearsalEmptyText')}</EmptyState>
      )}
    </Page>
  );
}
