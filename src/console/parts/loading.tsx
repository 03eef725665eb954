import { Center, Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';

/** While data or code are on their way. */
export function Loading(): ReactNode {
  const t = useTranslations('parts');
  return (
    <Center mih={160} role="status" aria-label={t('loading')}>
      <Loader color="var(--mantine-color-anchor)" />
    </Center>
  );
}
