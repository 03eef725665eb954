import { Radio, Stack, type ButtonProps } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '../../app/api-client.ts';
import { ReasonButton } from '../../parts/reason-button.tsx';

interface SettleButtonProps extends ButtonProps {
  title: string;
  /** Of the API. */
  path: string;
  children: ReactNode;
}

/** Says what became of messages whose fate is unknown. */
export function SettleButton({ title, path, children, ...look }: SettleButtonProps): ReactNode {
  const t = useTranslations('waves');
  const [fate, setFate] = useState<string>('');
  return (
    <ReasonButton
      {...look}
      title={title}
      question={t('settleText')}
      confirm={t('settle')}
      done={t('settled')}
      refresh={['/v1/waves', '/v1/home']}
      incomplete={fate === ''}
      run={(reason, key) => api.post(path, { fate, reason }, key)}
      fields={
        <Radio.Group label={t('fate')} value={fate} onChange={setFate} required>
          <Stack gap="xs" mt="xs">
            <Radio value="sent" label={t('fateSent')} />
            <Radio value="not_sent" label={t('fateNotSent')} />
          </Stack>
        </Radio.Group>
      }
    >
      {children}
    </ReasonButton>
  );
}
