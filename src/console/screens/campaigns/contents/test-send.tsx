import { Button, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { CampaignDetail } from '../../../../api/v1/schemas/campaigns.ts';
import type { Preview, TestSendReport } from '../../../../api/v1/schemas/drafts.ts';
import { api } from '../../../app/api-client.ts';
import type { ApiProblem } from '../../../app/api-problem.ts';
import { useAction } from '../../../app/use-action.ts';
import { DataState } from '../../../parts/data-state.tsx';
import { ErrorState } from '../../../parts/error-state.tsx';
import { Section } from '../../../parts/section.tsx';
import { draftPath } from '../campaign-paths.ts';
import { Choice } from './choice.tsx';
import { SentReport } from './sent-report.tsx';
import { useWish, type Wish } from './use-wish.ts';

/** Channels that a test can go out on. */
const TESTED: readonly Preview['channel'][] = ['email', 'sms'];

/** Sends one message of the saved draft to addresses of one's own. */
export function TestSend({ campaign: { campaignId } }: { campaign: CampaignDetail }): ReactNode {
  const t = useTranslations('campaigns');
  const path = `${draftPath(campaignId)}/preview`;
  const [wish, change] = useWish();
  const preview = useQuery<Preview, ApiProblem>({
    queryKey: [path, wish],
    queryFn: ({ signal }) => api.ask<Preview>(path, wish, signal),
  });
  return (
    <Section title={t('tabs.test')} about={t('testText')}>
      <Choice shown={preview.data ?? null} wish={wish} onChange={change} />
      <DataState data={preview}>
        {(shown) =>
          TESTED.includes(shown.channel) ? (
            <Addresses campaignId={campaignId} shown={shown} userId={wish.userId} />
          ) : (
            <Text>{t('notTested')}</Text>
          )
        }
      </DataState>
    </Section>
  );
}

interface AddressesProps {
  campaignId: string;
  shown: Preview;
  userId: Wish['userId'];
}

function Addresses({ campaignId, shown, userId }: AddressesProps): ReactNode {
  const t = useTranslations('campaigns');
  const [text, setText] = useState('');
  const [report, setReport] = useState<TestSendReport | null>(null);
  const { action, arm, step, channel, locale } = shown;
  const send = useAction({
    run: (input: object, key) => api.post<TestSendReport>(`${draftPath(campaignId)}/test-send`, input, key),
    done: t('testDone'),
    onDone: setReport,
  });
  const to = text.split(/[\s,;，；]+/).filter(Boolean);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setReport(null);
        void send.start({ userId, action, arm, step, channel, locale, to });
      }}
    >
      <Stack gap="sm" align="flex-start" maw={560}>
        <Textarea
          label={t(channel === 'sms' ? 'testNumbers' : 'testAddresses')}
          description={t('testMost')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          required
          autosize
          minRows={2}
          w="100%"
        />
        <Button type="submit" loading={send.running} disabled={to.length === 0 || to.length > 20}>
          {t('sendTest', { count: to.length })}
        </Button>
        {send.problem && <ErrorState problem={send.problem} action />}
        {report && <SentReport report={report} />}
      </Stack>
    </form>
  );
}
