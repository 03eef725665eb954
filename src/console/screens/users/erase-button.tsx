import { TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Erasure } from '../../../api/v1/schemas/users.ts';
import { api } from '../../app/api-client.ts';
import { ReasonButton } from '../../parts/reason-button.tsx';

/** Removes a user's personal data for good; the id is typed once more. */
export function EraseButton({ userId, path }: { userId: string; path: string }): ReactNode {
  const t = useTranslations('users');
  const [typed, setTyped] = useState('');
  return (
    <ReasonButton
      variant="default"
      title={t('eraseTitle', { user: userId })}
      question={t('eraseQuestion')}
      confirm={t('erase')}
      done={t('eraseDone')}
      refresh={['/v1/users']}
      incomplete={typed !== userId}
      run={(reason, key) => api.post<Erasure>(`${path}/erasure`, { confirm: typed, reason }, key)}
      fields={
        <TextInput label={t('eraseConfirm')} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
      }
    >
      {t('erase')}
    </ReasonButton>
  );
}
