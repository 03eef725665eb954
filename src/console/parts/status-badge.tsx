import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';

/** What a state means at a glance; the words say it too. */
export type Tone = 'good' | 'bad' | 'waiting' | 'running' | 'quiet';

const COLOUR: Record<Tone, string> = { good: 'green', bad: 'red', waiting: 'yellow', running: 'blue', quiet: 'gray' };

/** A state in words on its colour. */
export function StatusBadge({ tone, children }: { tone: Tone; children: ReactNode }): ReactNode {
  return (
    <Badge color={COLOUR[tone]} variant="light" tt="none" fw={600} miw="max-content">
      {children}
    </Badge>
  );
}
