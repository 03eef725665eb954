import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { asProblem, type ApiProblem } from './api-problem.ts';
import { newKey } from './new-key.ts';

/** What a button does. */
export interface ActionInput<Input, Output> {
  /** `key`: one per click; the same again when it isn't known whether the last click arrived. */
  run(input: Input, key: string): Promise<Output>;
  /** Said when it worked. */
  done?: string | ((output: Output) => string);
  /** Paths whose data are fetched again, such as /v1/waves with everything under it. */
  refresh?: readonly string[];
  onDone?(output: Output, input: Input): void;
}

/** A running or finished action. */
export interface Action<Input> {
  /** True when it worked. */
  start(input: Input): Promise<boolean>;
  running: boolean;
  problem: ApiProblem | null;
  forget(): void;
}

/** An action that happens once per click: a second click while it runs does nothing. */
export function useAction<Output, Input = void>(action: ActionInput<Input, Output>): Action<Input> {
  const client = useQueryClient();
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const busy = useRef(false);
  const unsettled = useRef<{ key: string; input: string } | null>(null);

  async function start(input: Input): Promise<boolean> {
    if (busy.current) return false;
    busy.current = true;
    setRunning(true);
    setProblem(null);
    const text = JSON.stringify(input) ?? '';
    const key = unsettled.current?.input === text ? unsettled.current.key : newKey();
    try {
      const output = await action.run(input, key);
      unsettled.current = null;
      const said = typeof action.done === 'function' ? action.done(output) : action.done;
      if (said !== undefined) notifications.show({ message: said, color: 'green' });
      action.onDone?.(output, input);
      await Promise.all((action.refresh ?? []).map((path) => refresh(path)));
      return true;
    } catch (error) {
      const failed = asProblem(error);
      unsettled.current = failed.status === 0 || failed.status >= 500 ? { key, input: text } : null;
      setProblem(failed);
      return false;
    } finally {
      busy.current = false;
      setRunning(false);
    }
  }
  const refresh = (path: string): Promise<void> =>
    client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith(path) });

  return { start, running, problem, forget: () => setProblem(null) };
}
