import { useNavigate, useSearch } from '@tanstack/react-router';

/** The query of the page's address, so that what is looked at survives a reload and can be sent to somebody. */
export function useSearchState(): [
  Readonly<Record<string, string | undefined>>,
  (change: Record<string, string | undefined>) => void,
] {
  const search: Record<string, string | undefined> = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = (next: Record<string, string | undefined>): void => {
    void navigate({ to: '.', search: ((before: object) => ({ ...before, ...next })) as never, replace: true });
  };
  return [search, change];
}
