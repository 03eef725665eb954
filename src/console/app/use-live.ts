import { useEffect, useState } from 'react';

/** How the stream stands; `over`: the server ended it, nothing more will come. */
export type LiveState = 'connecting' | 'open' | 'lost' | 'over';

/** Follows a stream of server-sent events; `event` and `end` are their names. `path` null: not followed. */
export function useLive<T>(
  path: string | null,
  { event = 'message', end = 'end' }: { event?: string; end?: string } = {},
): { data: T | null; state: LiveState } {
  const [data, setData] = useState<T | null>(null);
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => {
    if (path === null) return undefined;
    const source = new EventSource(path);
    const read = (message: MessageEvent<string>): void => {
      if (message.data) setData(JSON.parse(message.data) as T);
    };
    source.addEventListener('open', () => setState('open'));
    source.addEventListener('error', () => setState('lost'));
    source.addEventListener(event, read);
    source.addEventListener(end, (message) => {
      read(message as MessageEvent<string>);
      setState('over');
      source.close();
    });
    return () => source.close();
  }, [path, event, end]);
  return { data, state };
}
