import { keepPreviousData, useInfiniteQuery, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, send, type Query } from './api-client.ts';
import type { ApiProblem } from './api-problem.ts';

/** How a look at the API behaves. */
export interface DataOptions {
  query?: Query;
  /** Milliseconds between looks; absent: once. */
  every?: number;
  /** False: don't ask yet. */
  enabled?: boolean;
}

/** What a GET of the API answers, kept by path and query. */
export function useData<T>(
  path: string,
  { query = {}, every, enabled = true }: DataOptions = {},
): UseQueryResult<T, ApiProblem> {
  return useQuery<T, ApiProblem>({
    queryKey: [path, query],
    queryFn: ({ signal }) => counted<T>(path, { query, signal }),
    enabled,
    ...(every !== undefined && { refetchInterval: every }),
  });
}

const ASK_AGAIN_MS = 2_000;

/** What a GET answers, asked for again while the API says (202) that large data are being counted. */
async function counted<T>(path: string, asked: { query: Query; signal: AbortSignal }): Promise<T> {
  for (;;) {
    const { data, status } = await send<T>('GET', path, asked);
    if (status !== 202) return data;
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    asked.signal.throwIfAborted();
  }
}

/** A list that is fetched page by page. */
export interface List<T> {
  items: readonly T[];
  loading: boolean;
  problem: ApiProblem | null;
  hasMore: boolean;
  loadingMore: boolean;
  loadMore(): void;
  again(): void;
}

/** The rows of a list with cursors, from its first page on; other filters begin again. */
export function useList<T>(path: string, { query = {}, every, enabled = true }: DataOptions = {}): List<T> {
  const found = useInfiniteQuery({
    queryKey: [path, query, 'pages'],
    queryFn: ({ pageParam, signal }) =>
      api.get<{ items: T[]; next?: string | null }>(
        path,
        { ...query, ...(pageParam !== '' && { cursor: pageParam }) },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
    ...(every !== undefined && { refetchInterval: every }),
  });
  const items = useMemo(() => found.data?.pages.flatMap((page) => page.items) ?? [], [found.data]);
  return {
    items,
    loading: found.isLoading,
    problem: (found.error as ApiProblem | null) ?? null,
    hasMore: found.hasNextPage,
    loadingMore: found.isFetchingNextPage,
    loadMore: () => void found.fetchNextPage(),
    again: () => void found.refetch(),
  };
}
