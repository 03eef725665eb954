import { Alert, Button, Group, Text } from '@mantine/core';
import { useQueryClient, type Query } from '@tanstack/react-query';
import { useCallback, useEffect, useSyncExternalStore, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { asProblem } from './api-problem.ts';

const AGAIN_MS = 5_000;

function isCutOff(query: Query): boolean {
  const { error } = query.state;
  return error !== null && query.isActive() && [0, 503].includes(asProblem(error).status);
}

/** Says that the server doesn't answer while what is shown may be old, and asks again until it does. */
export function ConnectionBanner(): ReactNode {
  const t = useTranslations('parts');
  const client = useQueryClient();
  const cache = client.getQueryCache();
  const subscribe = useCallback((changed: () => void) => cache.subscribe(changed), [cache]);
  const cutOff = useSyncExternalStore(subscribe, () => cache.getAll().some(isCutOff));
  const again = useCallback((): void => void client.refetchQueries({ predicate: isCutOff }), [client]);
  useEffect(() => {
    if (!cutOff) return undefined;
    const timer = setInterval(again, AGAIN_MS);
    return () => clearInterval(timer);
  }, [cutOff, again]);
  if (!cutOff) return null;
  return (
    <Alert color="red" title={t('unreachable')} role="alert" mb="md">
      <Group justify="space-between">
        <Text size="sm">{t('unreachableFix')}</Text>
        <Button size="xs" variant="default" onClick={again}>
          {t('tryAgain')}
        </Button>
      </Group>
    </Alert>
  );
}
