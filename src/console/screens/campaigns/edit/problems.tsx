import { Alert, Anchor, List, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { CampaignProblem, LintResult } from '../../../../api/v1/schemas/drafts.ts';
import type { ApiProblem } from '../../../app/api-problem.ts';
import { ErrorState } from '../../../parts/error-state.tsx';
import { StatusBadge } from '../../../parts/status-badge.tsx';
import type { Place } from './code-editor.tsx';

interface ProblemsProps {
  lint: UseQueryResult<LintResult, ApiProblem>;
  onGo(place: Place): void;
}

/** What lint found, each with its place to go to and how to mend it. */
export function Problems({ lint, onGo }: ProblemsProps): ReactNode {
  const t = useTranslations('campaigns');
  if (lint.error) return <ErrorState problem={lint.error} again={() => void lint.refetch()} />;
  const problems = lint.data?.problems;
  if (!problems) return <Text c="dimmed">{t('linting')}</Text>;
  return (
    <div aria-live="polite">
      {problems.length === 0 ? (
        <Alert color="green" title={t('clean')}>
          {t('cleanText')}
        </Alert>
      ) : (
        <ProblemList problems={problems} onGo={onGo} />
      )}
    </div>
  );
}

/** Findings of lint; with `onGo` their places are buttons. */
export function ProblemList(props: { problems: readonly CampaignProblem[]; onGo?: (place: Place) => void }): ReactNode {
  const t = useTranslations('campaigns');
  return (
    <List listStyleType="none" spacing="xs" aria-label={t('problems')}>
      {props.problems.map((problem) => {
        const { file, line, column, rule, severity, what, fix } = problem;
        const place = t('place', { file, line: String(line) });
        return (
          <List.Item key={`${file}:${line}:${column}:${rule}:${what}`}>
            <StatusBadge tone={severity === 'error' ? 'bad' : 'waiting'}>{t(`severity.${severity}`)}</StatusBadge>{' '}
            {props.onGo ? (
              <Anchor component="button" type="button" onClick={() => props.onGo?.({ file, line })}>
                {place}
              </Anchor>
            ) : (
              <Text span fw={600}>
                {place}
              </Text>
            )}
            <Text size="sm" className="breakable">
              {what}
            </Text>
            <Text size="sm" c="dimmed" className="breakable">
              {fix}
            </Text>
          </List.Item>
        );
      })}
    </List>
  );
}
