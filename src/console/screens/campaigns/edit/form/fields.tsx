import { Checkbox, Group, NumberInput, Select, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { FormFile } from './draft-form.tsx';
import { fieldAt, listAt, type Path } from './yaml-fields.ts';

interface FieldProps {
  file: FormFile;
  path: Path;
  label: string;
  hint?: string;
}

const WIDTH = 420;

/** A text; cleared, its key goes. */
export function TextField({
  file,
  path,
  label,
  hint,
  required = false,
}: FieldProps & { required?: boolean }): ReactNode {
  const value = fieldAt(file.document, path);
  return (
    <TextInput
      label={label}
      description={hint}
      value={value === undefined ? '' : String(value)}
      onChange={({ currentTarget: { value: text } }) => file.set(path, text === '' && !required ? undefined : text)}
      required={required}
      maw={WIDTH}
    />
  );
}

/** A number from 0 on; cleared, its key goes. */
export function NumberField(props: FieldProps & { max?: number; whole?: boolean }): ReactNode {
  const { file, path, label, hint, max, whole = false } = props;
  const value = fieldAt(file.document, path);
  return (
    <NumberInput
      label={label}
      description={hint}
      value={typeof value === 'number' ? value : ''}
      onChange={(next) => {
        // "0." on the way to 0.5 is still a text.
        if (next === '') file.set(path, undefined);
        else if (typeof next === 'number' && next !== value) file.set(path, next);
      }}
      min={0}
      {...(max !== undefined && { max })}
      allowDecimal={!whole}
      hideControls
      maw={WIDTH}
    />
  );
}

/** One of a few words; `usual`: where the file says none. */
export function ChoiceField(
  props: FieldProps & { choices: readonly ('off' | 'suggest' | 'auto')[]; usual: string },
): ReactNode {
  const { file, path, label, choices, usual } = props;
  const t = useTranslations('campaigns');
  return (
    <Select
      label={label}
      data={choices.map((value) => ({ value, label: t(`form.modes.${value}`) }))}
      value={String(fieldAt(file.document, path) ?? usual)}
      onChange={(value) => file.set(path, value ?? undefined)}
      allowDeselect={false}
      maw={WIDTH}
    />
  );
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Days of the week; all or none of them: every day. */
export function DaysField({ file, path, label }: FieldProps): ReactNode {
  const t = useTranslations('campaigns');
  const chosen = listAt(file.document, path);
  return (
    <Checkbox.Group
      label={label}
      description={t('form.daysHint')}
      value={chosen.length === 0 ? [...DAYS] : chosen}
      onChange={(days) => {
        const inOrder = DAYS.filter((day) => days.includes(day));
        file.set(path, inOrder.length === 0 || inOrder.length === DAYS.length ? undefined : inOrder);
      }}
    >
      <Group mt="xs">
        {DAYS.map((day) => (
          <Checkbox key={day} value={day} label={t(`days.${day}`)} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}
