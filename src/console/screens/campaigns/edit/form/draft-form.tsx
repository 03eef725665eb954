import { Alert, Stack } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Document } from 'yaml';
import { Section } from '../../../../parts/section.tsx';
import { ChoiceField, DaysField, NumberField, TextField } from './fields.tsx';
import { listAt, readFields, withField, type FieldValue, type Path } from './yaml-fields.ts';

/** The file behind the form. */
export interface FormFile {
  document: Document;
  set(path: Path, value: FieldValue): void;
}

/** The commonest settings as fields; they write the same YAML text, in which comments stay. */
export function DraftForm({ source, onChange }: { source: string; onChange(source: string): void }): ReactNode {
  const t = useTranslations('campaigns');
  const document = useMemo(() => readFields(source), [source]);
  if (!document) {
    return (
      <Alert color="red" title={t('formUnreadable')} role="alert">
        {t('formUnreadableText')}
      </Alert>
    );
  }
  const file: FormFile = { document, set: (path, value) => onChange(withField(source, path, value)) };
  return (
    <Stack gap="md">
      <Names file={file} />
      <Section title={t('form.who')}>
        <NumberField file={file} path={['holdout']} label={t('form.holdout')} hint={t('form.holdoutHint')} max={0.9} />
        <NumberField file={file} path={['policy', 'lo']} label={t('form.lo')} hint={t('form.scoreHint')} max={1} />
        <NumberField file={file} path={['policy', 'hi']} label={t('form.hi')} hint={t('form.hiHint')} max={1} />
        <ChoiceField
          file={file}
          path={['learning', 'mode']}
          label={t('form.learning')}
          choices={['off', 'suggest', 'auto']}
          usual="suggest"
        />
      </Section>
      <Section title={t('form.goal')}>
        <TextField file={file} path={['goal', 'event']} label={t('form.event')} required />
        <NumberField
          file={file}
          path={['goal', 'windowDays']}
          label={t('form.windowDays')}
          hint={t('form.windowHint')}
          max={365}
          whole
        />
      </Section>
      <Section title={t('form.when')}>
        <TextField file={file} path={['schedule', 'at']} label={t('form.at')} hint={t('form.atHint')} required />
        <DaysField file={file} path={['schedule', 'days']} label={t('form.days')} />
      </Section>
      <Section title={t('form.money')}>
        <NumberField file={file} path={['budget', 'total']} label={t('form.total')} hint={t('form.moneyHint')} />
        <NumberField file={file} path={['budget', 'perWave']} label={t('form.perWave')} hint={t('form.moneyHint')} />
      </Section>
    </Stack>
  );
}

function Names({ file }: { file: FormFile }): ReactNode {
  const t = useTranslations('campaigns');
  const locales = listAt(file.document, ['locales']);
  return (
    <Section title={t('form.name')}>
      {(locales.length === 0 ? ['en'] : locales).map((locale) => (
        <TextField key={locale} file={file} path={['name', locale]} label={t('form.nameIn', { locale })} />
      ))}
    </Section>
  );
}
