import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { DraftTexts, LintResult } from '../../../../api/v1/schemas/drafts.ts';
import { api } from '../../../app/api-client.ts';
import type { ApiProblem } from '../../../app/api-problem.ts';

/** After the last key; an answer takes about as long again. */
const PAUSE_MS = 400;

/** Lints texts as they are typed; the last findings stay until the next are there. */
export function useLint(campaignId: string, { source, files }: DraftTexts): UseQueryResult<LintResult, ApiProblem> {
  const [text] = useDebouncedValue(JSON.stringify({ campaignId, source, files }), PAUSE_MS);
  return useQuery<LintResult, ApiProblem>({
    queryKey: ['lint', text],
    queryFn: ({ signal }) => api.ask<LintResult>('/v1/lint', JSON.parse(text), signal),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 0,
  });
}
