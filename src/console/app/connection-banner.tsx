import { Alert, Button, Group, Text } from '@mantine/core';
import { useQueryClient, type Query } from '@tanstack/react-query';
import { useCallback, useEffect, useSyncExternalStore, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { asProblem, type ApiProblem } from './api-problem.ts';

const AGAIN_MS = 5_000;

function isCutOff(query: Query): boolean {
  const { error } = query.state;
  return error !== null && query.isActive() && [0, 503].includes(asProblem(error).status);
}

/** The problem of what couldn't be asked; the very one each time, as long as it stays. */
function problemIn(queries: readonly Query[]): ApiProblem | null {
  const error = queries.find(isCutOff)?.state.error;
  return error ? asProblem(error) : null;
}

/** Says that the server, or one that it needs, doesn't answer while what is shown may be old, and asks again until it does. */
export function ConnectionBanner(): ReactNode {
  const t = useTranslations('parts');
  const client = useQueryClient();
  const cache = client.getQueryCache();
  const subscribe = useCallback((changed: () => void) => cache.subscribe(changed), [cache]);
  const problem = useSyncExternalStore(subscribe, () => problemIn(cache.getAll()));
  const cutOff = problem !== null;
  const again = useCallback((): void => void client.refetchQueries({ predicate: isCutOff }), [client]);
  useEffect(() => {
    if (!cutOff) return undefined;
    const timer = setInterval(again, AGAIN_MS);
    return () => clearInterval(timer);
  }, [cutOff, again]);
  if (!problem) return null;
  const silent = problem.status === 0;
  return (
    <Alert color="red" title={silent ? t('unreachable') : problem.message} role="alert" mb="md">
      <Group justify="space-between">
        <Text size="sm">{silent ? t('unreachableFix') : problem.fix}</Text>
        <Button size="xs" variant="default" onClick={again}>
          {t('tryAgain')}
        </Button>
      </Group>
    </Alert>
  );
}
