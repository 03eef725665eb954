import { Button, Checkbox, FileInput, Group, Select, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { ImportReport } from '../../../api/v1/schemas/imports.ts';
import { send, type Query } from '../../app/api-client.ts';
import { useAction } from '../../app/use-action.ts';
import { ErrorState } from '../../parts/error-state.tsx';
import { Section } from '../../parts/section.tsx';
import { guessKind, KINDS, mediaTypeOf, type ImportKind } from './guess-kind.ts';
import { Report } from './report.tsx';

interface Order {
  file: File;
  kind: ImportKind;
  query: Query;
  /** Tells files apart for the action's key: a File itself has no text. */
  stamp: string;
}

/** Sends a file and shows the report, or what is wrong with it. */
export function Upload(): ReactNode {
  const t = useTranslations('imports');
  const [file, setFile] = useState<File | null>(null);
  const [kind, setKind] = useState<ImportKind | null>(null);
  const [option, setOption] = useState<Query>({});
  const [report, setReport] = useState<ImportReport | null>(null);
  const upload = useAction({
    run: (order: Order, key) => sendFile(order, key),
    onDone: (made) => {
      setReport(made);
      setFile(null);
    },
    refresh: ['/v1/imports', '/v1/users'],
  });
  function choose(next: File | null): void {
    setFile(next);
    setReport(null);
    upload.forget();
    if (next) chooseKind(guessKind(next.name) ?? kind);
  }
  function chooseKind(next: ImportKind | null): void {
    setKind(next);
    setOption({});
  }
  function go(): void {
    if (!file || !kind) return;
    const stamp = `${file.name} ${file.size} ${file.lastModified}`;
    void upload.start({ file, kind, query: { ...option, source: file.name }, stamp });
  }
  return (
    <Section title={t('upload')} about={t('uploadText')}>
      <Group align="flex-end" gap="sm">
        <FileInput
          label={t('file')}
          placeholder={t('chooseFile')}
          value={file}
          onChange={choose}
          accept=".csv,.jsonl,.ndjson,.gz"
          w={280}
        />
        <Select
          label={t('holds')}
          placeholder={t('chooseKind')}
          data={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          value={kind}
          onChange={(value) => chooseKind(value as ImportKind | null)}
          allowDeselect={false}
          w={240}
        />
        <KindOption kind={kind} option={option} onChange={setOption} />
        <Button loading={upload.running} disabled={!file || !kind} onClick={go}>
          {t('import')}
        </Button>
      </Group>
      {upload.problem && <ErrorState problem={upload.problem} action />}
      {report && <Report report={report} />}
    </Section>
  );
}

async function sendFile({ file, kind, query }: Order, key: string): Promise<ImportReport> {
  const headers = { 'content-type': mediaTypeOf(file.name) };
  return (await send<ImportReport>('POST', `/v1/imports/${kind}`, { query, body: file, headers, key })).data;
}

/** What can be chosen besides, for the kinds that have a choice. */
function KindOption(props: { kind: ImportKind | null; option: Query; onChange(option: Query): void }): ReactNode {
  const { kind, option, onChange } = props;
  const t = useTranslations('imports');
  if (kind === 'content') {
    return (
      <TextInput
        label={t('currency')}
        placeholder="USD"
        value={String(option['currency'] ?? '')}
        onChange={(event) => onChange({ currency: event.currentTarget.value.trim().toUpperCase() })}
        maxLength={3}
        w={140}
      />
    );
  }
  const name = kind === 'warnings' ? 'allowExpired' : kind === 'users' ? 'retype' : null;
  if (name === null) return null;
  return (
    <Checkbox
      label={t(name)}
      checked={option[name] === true}
      onChange={(event) => onChange({ [name]: event.currentTarget.checked })}
      mb={8}
    />
  );
}
