import { Badge, Stack, Tabs } from '@mantine/core';
import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { CampaignProblem, DraftTexts } from '../../../../api/v1/schemas/drafts.ts';
import { loadScreen } from '../../../app/load-screen.ts';
import { Loading } from '../../../parts/loading.tsx';
import type { Place } from './code-editor.tsx';
import { CAMPAIGN_WORDS } from './campaign-words.ts';
import { CAMPAIGN_FILE, textOf, withText } from './draft-text.ts';
import { FileActions } from './file-actions.tsx';

const CodeEditor = lazy(async () => ({ default: (await loadScreen(() => import('./code-editor.tsx'))).CodeEditor }));

interface FilesProps {
  texts: DraftTexts;
  problems: readonly CampaignProblem[];
  place: Place | null;
  onChange(texts: DraftTexts): void;
}

/** The files of a draft as tabs, each with how much lint finds in it. */
export function Files({ texts, problems, place, onChange }: FilesProps): ReactNode {
  const t = useTranslations('campaigns');
  const [chosen, setChosen] = useState(CAMPAIGN_FILE);
  const names = [CAMPAIGN_FILE, ...Object.keys(texts.files).toSorted()];
  const file = names.includes(chosen) ? chosen : CAMPAIGN_FILE;
  useEffect(() => {
    if (place) setChosen(place.file);
  }, [place]);
  return (
    <Stack gap="xs">
      <Tabs value={file} onChange={(name) => setChosen(name ?? CAMPAIGN_FILE)} keepMounted={false} variant="pills">
        <Tabs.List aria-label={t('files')} mb="xs">
          {names.map((name) => (
            <Tabs.Tab
              key={name}
              value={name}
              rightSection={<FaultCount problems={problems.filter((one) => one.file === name)} />}
            >
              {name}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={file}>
          <Suspense fallback={<Loading />}>
            <CodeEditor
              file={file}
              value={textOf(texts, file)}
              onChange={(text) => onChange(withText(texts, file, text))}
              problems={problems.filter((one) => one.file === file)}
              place={place}
              label={t('textOf', { file })}
              words={CAMPAIGN_WORDS}
            />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
      <FileActions texts={texts} file={file} onChange={onChange} onChoose={setChosen} />
    </Stack>
  );
}

function FaultCount({ problems }: { problems: readonly CampaignProblem[] }): ReactNode {
  const t = useTranslations('campaigns');
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (problems.length === 0) return null;
  return (
    <Badge
      size="sm"
      variant="light"
      color={errors > 0 ? 'red' : 'yellow'}
      aria-label={t('found', { count: problems.length })}
    >
      {problems.length}
    </Badge>
  );
}
