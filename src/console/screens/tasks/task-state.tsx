import { Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Task } from '../../../api/v1/schemas/tasks.ts';
import { StatusBadge, type Tone } from '../../parts/status-badge.tsx';
import { Time } from '../../parts/time.tsx';

const TONE: Record<Task['state'], Tone> = { open: 'waiting', claimed: 'running', done: 'good', dropped: 'quiet' };

/** How far a task is, in words. */
export function TaskState({ state }: { state: Task['state'] }): ReactNode {
  const t = useTranslations('tasks');
  return <StatusBadge tone={TONE[state]}>{t(`states.${state}`)}</StatusBadge>;
}

/** True while somebody can still work on it. */
export function isUnfinished({ state }: Pick<Task, 'state'>): boolean {
  return state === 'open' || state === 'claimed';
}

/** Until when it is to be done; says so where that is past. */
export function DueTime({ task }: { task: Task }): ReactNode {
  const t = useTranslations('tasks');
  if (task.dueAt === null) return t('noDue');
  const late = isUnfinished(task) && Date.parse(task.dueAt) < Date.now();
  return (
    <Group gap={6}>
      <Time at={task.dueAt} />
      {late && <StatusBadge tone="bad">{t('overdue')}</StatusBadge>}
    </Group>
  );
}
