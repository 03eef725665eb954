import { Button, Group, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { DraftTexts } from '../../../../api/v1/schemas/drafts.ts';
import { ConfirmButton } from '../../../parts/confirm-button.tsx';
import { useAction } from '../../../app/use-action.ts';
import { CAMPAIGN_FILE, textOf, withText } from './draft-text.ts';

/** What the API takes as the name of a text. */
const NAME = /^[^/\\\0][^\\\0]{0,198}\.(mjml|txt|html)$/;

interface FileActionsProps {
  texts: DraftTexts;
  file: string;
  onChange(texts: DraftTexts): void;
  onChoose(file: string): void;
}

/** Adds a text to the draft, empty; takes out the one that is open. */
export function FileActions({ texts, file, onChange, onChoose }: FileActionsProps): ReactNode {
  const t = useTranslations('campaigns');
  const [name, setName] = useState('');
  const [asked, setAsked] = useState(false);
  const wrong = !NAME.test(name) ? t('nameWrong') : Object.hasOwn(texts.files, name) ? t('nameTaken') : null;
  const remove = useAction({
    run: async () => {
      const { [file]: _gone, ...files } = texts.files;
      onChange({ source: texts.source, files });
      onChoose(CAMPAIGN_FILE);
    },
  });
  function add(): void {
    setAsked(true);
    if (wrong !== null) return;
    onChange(withText(texts, name, textOf(texts, name)));
    onChoose(name);
    setName('');
    setAsked(false);
  }
  return (
    <Group align="flex-end" gap="xs">
      <TextInput
        label={t('newFile')}
        placeholder="welcome.en.mjml"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={asked && wrong !== null && wrong}
        w={220}
      />
      <Button variant="default" onClick={add}>
        {t('addFile')}
      </Button>
      {file !== CAMPAIGN_FILE && (
        <ConfirmButton
          action={remove}
          title={t('removeTitle', { file })}
          question={t('removeText')}
          confirm={t('removeFile')}
          variant="default"
        >
          {t('removeFile')}
        </ConfirmButton>
      )}
    </Group>
  );
}
