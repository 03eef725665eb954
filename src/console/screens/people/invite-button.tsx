import { Select } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { ROLES, type Role } from '../../../domain/roles.ts';
import { api } from '../../app/api-client.ts';
import { useAction } from '../../app/use-action.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import type { MadeLink } from './people.tsx';

/** Makes a one-time link for a new account. */
export function InviteButton({ onMade }: { onMade(link: MadeLink): void }): ReactNode {
  const t = useTranslations('people');
  const words = useTranslations('shell');
  const [role, setRole] = useState<Role>('viewer');
  const make = useAction({
    run: (_input: void, key) => api.post<{ url: string }>('/v1/invitations', { role }, key),
    onDone: ({ url }) => onMade({ url, name: null }),
    refresh: ['/v1/invitations'],
  });
  return (
    <ConfirmButton
      action={make}
      title={t('inviteTitle')}
      question={t('inviteText')}
      confirm={t('makeLink')}
      fields={
        <Select
          label={t('role')}
          data={ROLES.map((one) => ({ value: one, label: words(`roles.${one}`) }))}
          value={role}
          allowDeselect={false}
          onChange={(one) => one !== null && setRole(one as Role)}
        />
      }
    >
      {t('invite')}
    </ConfirmButton>
  );
}
