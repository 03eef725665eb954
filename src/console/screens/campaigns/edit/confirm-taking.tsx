import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { ConfirmButton } from '../../../parts/confirm-button.tsx';
import { useAction } from '../../../app/use-action.ts';

/** Throws away what was typed, after a question. */
export function ConfirmTaking({ onTake }: { onTake(): void }): ReactNode {
  const t = useTranslations('campaigns');
  const action = useAction({ run: async () => onTake() });
  return (
    <ConfirmButton
      action={action}
      title={t('dropTitle')}
      question={t('dropText')}
      confirm={t('drop')}
      variant="default"
    >
      {t('drop')}
    </ConfirmButton>
  );
}
