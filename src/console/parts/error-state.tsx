import { Alert, Button, List, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { ApiProblem } from '../app/api-problem.ts';

/** What went wrong and how to mend it, in the API's words. `action`: it was a button, not the page. */
export function ErrorState(props: {
  problem: ApiProblem;
  again?: (() => void) | undefined;
  action?: boolean;
}): ReactNode {
  const t = useTranslations('parts');
  const { problem, again, action = false } = props;
  const silent = problem.status === 0;
  const title = silent ? t('unreachable') : action ? t('actionFailed') : t('failed');
  const fix = silent ? t('unreachableFix') : problem.fix;
  return (
    <Alert color="red" title={title} role="alert">
      <Stack gap="xs" align="flex-start">
        {!silent && problem.message !== '' && <Text size="sm">{problem.message}</Text>}
        {problem.errors.length > 0 && (
          <List size="sm">
            {problem.errors.map(({ path, what, fix: mend }) => (
              <List.Item key={`${path} ${what}`}>
                {path}: {what}
                {mend === undefined ? '' : ` – ${mend}`}
              </List.Item>
            ))}
          </List>
        )}
        {fix !== undefined && <Text size="sm">{fix}</Text>}
        {again && (
          <Button size="xs" variant="default" onClick={again}>
            {t('tryAgain')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
