import { Button, Checkbox, FileInput, Group, Select, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Query } from '../../app/api-client.ts';
import { ErrorState } from '../../parts/error-state.tsx';
import { Section } from '../../parts/section.tsx';
import { KINDS, type ImportKind } from './guess-kind.ts';
import { Report } from './report.tsx';
import { useUpload } from './use-upload.ts';

/** Sends a file and shows the report, or what is wrong with it. */
export function Upload(): ReactNode {
  const t = useTranslations('imports');
  const upload = useUpload();
  const { file, kind, option, report } = upload;
  return (
    <Section title={t('upload')} about={t('uploadText')}>
      <Group align="flex-end" gap="sm">
        <FileInput
          label={t('file')}
          placeholder={t('chooseFile')}
          value={file}
          onChange={upload.chooseFile}
          accept=".csv,.jsonl,.ndjson,.gz"
          w={280}
        />
        <Select
          label={t('holds')}
          placeholder={t('chooseKind')}
          data={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          value={kind}
          onChange={(value) => upload.chooseKind(value as ImportKind | null)}
          allowDeselect={false}
          w={240}
        />
        <KindOption kind={kind} option={option} onChange={upload.chooseOption} />
        <Button loading={upload.running} disabled={!file || !kind} onClick={upload.start}>
          {t('import')}
        </Button>
      </Group>
      {upload.problem && <ErrorState problem={upload.problem} action />}
      {report && <Report report={report} />}
    </Section>
  );
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
