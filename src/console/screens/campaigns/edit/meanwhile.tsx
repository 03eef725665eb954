import { Alert, Button, Group, Select, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Draft, DraftTexts } from '../../../../api/v1/schemas/drafts.ts';
import { Time } from '../../../parts/time.tsx';
import { ConfirmTaking } from './confirm-taking.tsx';
import { Lines } from './lines.tsx';
import { CAMPAIGN_FILE, textOf } from './draft-text.ts';

interface MeanwhileProps {
  theirs: Draft;
  mine: DraftTexts;
  onKeep(): void;
  onTake(): void;
}

/** Somebody saved while one was typing: who, when, and the difference; what was typed is still there. */
export function Meanwhile({ theirs, mine, onKeep, onTake }: MeanwhileProps): ReactNode {
  const t = useTranslations('campaigns');
  const files = differing(theirs, mine);
  const [chosen, setChosen] = useState<string | null>(null);
  const file = chosen !== null && files.includes(chosen) ? chosen : (files[0] ?? CAMPAIGN_FILE);
  const { editor, updatedAt, revision } = theirs;
  return (
    <Alert color="yellow" title={t('meanwhile')} role="alert">
      <Stack gap="sm">
        <Text size="sm">
          {editor === null || updatedAt === null ? (
            t('draftGone')
          ) : (
            <>
              {t('savedBy', { who: editor, revision })} <Time at={updatedAt} />.
            </>
          )}{' '}
          {t('typedStays')}
        </Text>
        {files.length > 1 && (
          <Select label={t('file')} data={files} value={file} onChange={setChosen} allowDeselect={false} maw={320} />
        )}
        <Lines before={textOf(theirs, file)} after={textOf(mine, file)} label={t('theirsToMine', { file })} />
        <Group>
          <Button onClick={onKeep}>{t('keepMine')}</Button>
          <ConfirmTaking onTake={onTake} />
        </Group>
      </Stack>
    </Alert>
  );
}

function differing(theirs: DraftTexts, mine: DraftTexts): string[] {
  const names = new Set([CAMPAIGN_FILE, ...Object.keys(theirs.files), ...Object.keys(mine.files)]);
  return [...names].filter((name) => textOf(theirs, name) !== textOf(mine, name));
}
