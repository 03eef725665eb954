import { Alert, Anchor, List, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { SettingsProblems } from '../../../api/v1/schemas/settings.ts';
import { api } from '../../app/api-client.ts';

const TYPING_PAUSE_MS = 300;

type Problem = SettingsProblems['items'][number];

/** What is wrong with the text, asked after a pause in typing; null until it is known for this text. */
export function useProblems(text: string, edited: boolean): readonly Problem[] | null {
  const [settled] = useDebouncedValue(text, TYPING_PAUSE_MS);
  const found = useQuery({
    queryKey: ['/v1/settings/check', settled],
    queryFn: () => api.post<SettingsProblems>('/v1/settings/check', { text: settled }),
    placeholderData: keepPreviousData,
    enabled: edited,
    staleTime: Infinity,
  });
  const known = settled === text && !found.isPlaceholderData;
  return known ? (found.data?.items ?? null) : null;
}

interface ProblemsProps {
  problems: readonly Problem[] | null;
  /** Goes to a line of the text. */
  onGo(line: number): void;
}

/** The faults with their lines, which are buttons, and how to mend them. */
export function Problems({ problems, onGo }: ProblemsProps): ReactNode {
  const t = useTranslations('settings');
  if (problems === null) return null;
  const title = t('problems', { count: problems.length });
  if (problems.length === 0) {
    return (
      <Text size="sm" c="dimmed" role="status">
        {title}
      </Text>
    );
  }
  return (
    <Alert color="red" title={title} role="status">
      <List size="sm">
        {problems.map(({ line, column, key, what, fix }) => (
          <List.Item key={`${line}:${column} ${what}`}>
            <Anchor component="button" type="button" inherit onClick={() => onGo(line)}>
              {t('line', { line: String(line) })}
            </Anchor>
            : {key === '' ? '' : `${key}: `}
            {what}; {fix}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
