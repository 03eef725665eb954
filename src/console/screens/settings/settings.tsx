import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { ChangedSettings, ShownSettings } from '../../../api/v1/schemas/settings.ts';
import { api } from '../../app/api-client.ts';
import type { ApiProblem } from '../../app/api-problem.ts';
import { loadScreen } from '../../app/load-screen.ts';
import { useAction } from '../../app/use-action.ts';
import { useData } from '../../app/use-data.ts';
import { useMay } from '../../app/viewer.tsx';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { DataState } from '../../parts/data-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Page } from '../../parts/page.tsx';
import { Time } from '../../parts/time.tsx';
import type { Place } from '../campaigns/edit/code-editor.tsx';
import { Problems, useProblems } from './problems.tsx';
import { SETTINGS_WORDS } from './settings-words.ts';

const CodeEditor = lazy(async () => ({
  default: (await loadScreen(() => import('../campaigns/edit/code-editor.tsx'))).CodeEditor,
}));

const FILE = 'settings.yaml';
const NONE: readonly never[] = [];

/** Company-wide settings: the file, checked while it is typed. */
export function Screen(): ReactNode {
  const t = useTranslations('settings');
  const data = useData<ShownSettings>('/v1/settings');
  return (
    <Page title={t('title')} intro={t('intro')}>
      <DataState data={data}>{(shown) => <SettingsFile shown={shown} />}</DataState>
    </Page>
  );
}

function SettingsFile({ shown }: { shown: ShownSettings }): ReactNode {
  const t = useTranslations('settings');
  const may = useMay('admin');
  // What is typed stays when the data are fetched again; only saving or discarding moves it.
  const [edit, setEdit] = useState<{ text: string; version: number } | null>(null);
  const text = edit?.text ?? shown.text;
  const problems = useProblems(text, edit !== null);
  const [place, setPlace] = useState<Place | null>(null);
  const apply = useAction({
    run: () => api.put<ChangedSettings>('/v1/settings', { text, version: edit?.version ?? shown.version }),
    done: (done) => t(done.changed ? 'applied' : 'unchanged'),
    refresh: ['/v1/settings'],
    onDone: () => setEdit(null),
  });
  const theirs = conflictOf(apply.problem);

  function discard(): void {
    apply.forget();
    setEdit(null);
  }

  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {shown.actor === null || shown.changedAt === null ? (
          t('builtIn')
        ) : (
          <>
            {t('version', { version: String(shown.version), actor: shown.actor })} · <Time at={shown.changedAt} />
          </>
        )}
        {!may && ` · ${t('readOnly')}`}
      </Text>
      {theirs && edit && (
        <Conflict
          theirs={theirs}
          take={() => setEdit({ text: theirs.text, version: theirs.version })}
          keep={() => setEdit({ text: edit.text, version: theirs.version })}
          settled={apply.forget}
        />
      )}
      <div>
        <Text fw={600}>{FILE}</Text>
        <Suspense fallback={<Loading />}>
          <CodeEditor
            file={FILE}
            value={text}
            onChange={(typed) => setEdit({ text: typed, version: edit?.version ?? shown.version })}
            problems={edit === null ? NONE : (problems ?? NONE)}
            place={place}
            label={t('file')}
            words={SETTINGS_WORDS}
            readOnly={!may}
          />
        </Suspense>
      </div>
      {edit && <Problems problems={problems} onGo={(line) => setPlace({ file: FILE, line })} />}
      {may && (
        <Group>
          <ConfirmButton
            action={apply}
            title={t('applyTitle')}
            question={t('applyQuestion')}
            disabled={edit === null || problems === null || problems.length > 0}
          >
            {t('apply')}
          </ConfirmButton>
          {edit && (
            <Button variant="default" onClick={discard}>
              {t('reset')}
            </Button>
          )}
        </Group>
      )}
    </Stack>
  );
}

interface Theirs {
  text: string;
  version: number;
}

function conflictOf(problem: ApiProblem | null): Theirs | null {
  if (problem?.code !== 'changed_since') return null;
  return { text: String(problem.body['text']), version: Number(problem.body['version']) };
}

function Conflict(props: { theirs: Theirs; take(): void; keep(): void; settled(): void }): ReactNode {
  const t = useTranslations('settings');
  const { theirs, take, keep, settled } = props;
  const version = String(theirs.version);
  return (
    <Alert color="yellow" title={t('changedSince')} role="alert">
      <Stack gap="sm">
        <Text size="sm">{t('changedSinceText', { version })}</Text>
        <Text size="sm" fw={600}>
          {t('theirs')}
        </Text>
        <Code block>{theirs.text}</Code>
        <Group>
          <Button size="xs" variant="default" onClick={() => [take(), settled()]}>
            {t('takeTheirs')}
          </Button>
          <Button size="xs" variant="default" onClick={() => [keep(), settled()]}>
            {t('keepMine', { version })}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
