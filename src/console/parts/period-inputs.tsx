import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSearchState } from '../app/use-search.ts';

interface PeriodInputsProps {
  labels: { from: string; to: string };
  /** Shown where the address names no day. */
  otherwise?: { from: string; to: string } | undefined;
}

/** The first and the last day of what is looked at, kept in the page's address as `from` and `to`. */
export function PeriodInputs({ labels, otherwise }: PeriodInputsProps): ReactNode {
  const [search, change] = useSearchState();
  return (['from', 'to'] as const).map((end) => (
    <TextInput
      key={end}
      type="date"
      label={labels[end]}
      value={search[end] ?? otherwise?.[end] ?? ''}
      onChange={(event) => change({ [end]: event.currentTarget.value || undefined })}
    />
  ));
}
