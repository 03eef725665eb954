import { MultiSelect, Select, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { API_SCOPES } from '../../../domain/roles.ts';
import { api } from '../../app/api-client.ts';
import { useAction } from '../../app/use-action.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';

/** Makes a key of the API and hands it over once. */
export function NewKeyButton({ onMade }: { onMade(key: string): void }): ReactNode {
  const t = useTranslations('people');
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>(['read']);
  const [expiresIn, setExpiresIn] = useState('90d');
  const make = useAction({
    run: (_input: void, key) => api.post<{ key: string }>('/v1/keys', { name: name.trim(), scopes, expiresIn }, key),
    onDone: ({ key }) => {
      onMade(key);
      setName('');
    },
    refresh: ['/v1/keys'],
  });
  const periods = [
    { value: '30d', label: t('days30') },
    { value: '90d', label: t('days90') },
    { value: '365d', label: t('days365') },
  ];
  return (
    <ConfirmButton
      variant="default"
      action={make}
      title={t('newKeyTitle')}
      question={t('keysText')}
      confirm={t('newKey')}
      incomplete={name.trim() === '' || scopes.length === 0}
      fields={
        <>
          <TextInput
            label={t('keyName')}
            description={t('keyNameHint')}
            required
            maxLength={63}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <MultiSelect label={t('scopes')} data={[...API_SCOPES]} value={scopes} onChange={setScopes} required />
          <Select
            label={t('validFor')}
            data={periods}
            value={expiresIn}
            allowDeselect={false}
            onChange={(period) => period !== null && setExpiresIn(period)}
          />
        </>
      }
    >
      {t('newKey')}
    </ConfirmButton>
  );
}
