import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ApiProblem } from '../app/api-problem.ts';
import { ErrorState } from './error-state.tsx';
import { Loading } from './loading.tsx';

/** Shows data of useData once they are there; waiting and failing look the same everywhere. */
export function DataState<T>(props: {
  data: UseQueryResult<T, ApiProblem>;
  children: (data: T) => ReactNode;
}): ReactNode {
  const { data, children } = props;
  if (data.data !== undefined) return children(data.data);
  if (data.error) return <ErrorState problem={data.error} again={() => void data.refetch()} />;
  return <Loading />;
}
