import { Alert, Grid, SegmentedControl, Stack } from '@mantine/core';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { CampaignDetail } from '../../../../api/v1/schemas/campaigns.ts';
import type { DraftTexts } from '../../../../api/v1/schemas/drafts.ts';
import { loadScreen } from '../../../app/load-screen.ts';
import { DataState } from '../../../parts/data-state.tsx';
import { ErrorState } from '../../../parts/error-state.tsx';
import { Loading } from '../../../parts/loading.tsx';
import { Section } from '../../../parts/section.tsx';
import type { Place } from './code-editor.tsx';
import { CAMPAIGN_FILE, withText } from './draft-text.ts';
import { DraftBar } from './draft-bar.tsx';
import { Files } from './files.tsx';
import { Meanwhile } from './meanwhile.tsx';
import { Problems } from './problems.tsx';
import { useDraft, type DraftWork } from './use-draft.ts';
import { useLint } from './use-lint.ts';

const DraftForm = lazy(async () => ({ default: (await loadScreen(() => import('./form/draft-form.tsx'))).DraftForm }));

/** The draft to edit, with what lint finds as one types. */
export function Edit({ campaign: { campaignId } }: { campaign: CampaignDetail }): ReactNode {
  const work = useDraft(campaignId);
  return (
    <DataState data={work.saved}>
      {() => work.texts && <Editor campaignId={campaignId} work={work} texts={work.texts} />}
    </DataState>
  );
}

/** Both edit the same text. */
type Way = 'text' | 'form';

interface EditorProps {
  campaignId: string;
  work: DraftWork;
  texts: DraftTexts;
}

function Editor({ campaignId, work, texts }: EditorProps): ReactNode {
  const t = useTranslations('campaigns');
  const lint = useLint(campaignId, texts);
  const [place, setPlace] = useState<Place | null>(null);
  const [way, setWay] = useState<Way>('text');
  function go(next: Place): void {
    setWay('text');
    setPlace(next);
  }
  const { meanwhile, save } = work;
  return (
    <Stack gap="md">
      <DraftBar campaignId={campaignId} work={work} />
      {work.saved.data?.filesMissing && !work.typed && <Alert color="yellow">{t('filesMissing')}</Alert>}
      {meanwhile && <Meanwhile theirs={meanwhile} mine={texts} onKeep={work.overTheirs} onTake={work.dropTyped} />}
      {save.problem && !meanwhile && <ErrorState problem={save.problem} action />}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack gap="sm">
            <SegmentedControl
              aria-label={t('editAs')}
              value={way}
              onChange={(next) => setWay(next)}
              data={[
                { value: 'text', label: t('asFiles') },
                { value: 'form', label: t('asForm') },
              ]}
            />
            {way === 'form' ? (
              <Suspense fallback={<Loading />}>
                <DraftForm
                  source={texts.source}
                  onChange={(source) => work.change(withText(texts, CAMPAIGN_FILE, source))}
                />
              </Suspense>
            ) : (
              <Files texts={texts} problems={lint.data?.problems ?? []} place={place} onChange={work.change} />
            )}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Section title={t('problems')} about={t('problemsText')}>
            <Problems lint={lint} onGo={go} />
          </Section>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}
