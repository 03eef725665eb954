import { Button, Group, Select, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Preview } from '../../../../api/v1/schemas/drafts.ts';
import { useGlossary } from '../../../parts/use-glossary.ts';
import type { Wish } from './use-wish.ts';

interface ChoiceProps {
  /** What is looked at now; null before the first. */
  shown: Preview | null;
  wish: Wish;
  onChange(change: Wish): void;
}

/** Picks the user, the message, the channel and the language. */
export function Choice({ shown, wish, onChange }: ChoiceProps): ReactNode {
  const t = useTranslations('campaigns');
  const say = useGlossary();
  return (
    <Group align="flex-end" gap="sm">
      <UserChoice wish={wish} onChange={onChange} />
      {shown && (
        <>
          <MessageChoice shown={shown} onChange={onChange} />
          <Select
            label={t('channel')}
            data={channelsOf(shown).map((value) => ({ value, label: say('channel', value) }))}
            value={shown.channel}
            onChange={(channel) => onChange({ channel: channel ?? undefined })}
            allowDeselect={false}
            w={140}
          />
          <Select
            label={t('language')}
            data={[...new Set([...shown.locales, shown.locale])]}
            value={shown.locale}
            onChange={(locale) => onChange({ locale: locale ?? undefined })}
            allowDeselect={false}
            w={120}
          />
        </>
      )}
    </Group>
  );
}

function UserChoice({ wish, onChange }: Omit<ChoiceProps, 'shown'>): ReactNode {
  const t = useTranslations('campaigns');
  const [userId, setUserId] = useState(wish.userId ?? '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onChange({ userId: userId.trim() === '' ? undefined : userId.trim(), locale: undefined });
      }}
    >
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <TextInput
          label={t('asUser')}
          placeholder={t('asNobody')}
          value={userId}
          onChange={(event) => setUserId(event.currentTarget.value)}
          maxLength={200}
          w={200}
        />
        <Button type="submit" variant="default">
          {t('show')}
        </Button>
      </Group>
    </form>
  );
}

function MessageChoice({ shown, onChange }: Pick<ChoiceProps, 'onChange'> & { shown: Preview }): ReactNode {
  const t = useTranslations('campaigns');
  const choices = shown.choices.map(({ action, arm, step }) => ({
    value: `${action} ${arm} ${step}`,
    label: t('messageOf', { action, arm, step }),
  }));
  return (
    <Select
      label={t('message')}
      data={choices}
      value={`${shown.action} ${shown.arm} ${shown.step}`}
      onChange={(value) => {
        const chosen = shown.choices.find(({ action, arm, step }) => `${action} ${arm} ${step}` === value);
        if (chosen) onChange({ action: chosen.action, arm: chosen.arm, step: chosen.step });
      }}
      allowDeselect={false}
      w={340}
      maw="100%"
    />
  );
}

function channelsOf({ choices, action, arm, step, channel }: Preview): Preview['channel'][] {
  const choice = choices.find((one) => one.action === action && one.arm === arm && one.step === step);
  return choice?.channels ?? [channel];
}
