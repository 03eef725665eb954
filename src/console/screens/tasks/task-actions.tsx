import { Button, Group, Stack, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Task } from '../../../api/v1/schemas/tasks.ts';
import { api } from '../../app/api-client.ts';
import { useAction } from '../../app/use-action.ts';
import { useMay } from '../../app/viewer.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { NoteButton } from './note-button.tsx';
import { isUnfinished } from './task-state.tsx';

/** Takes an open task for oneself; nothing where somebody has it. */
export function ClaimButton({ task, size }: { task: Task; size?: NonNullable<ButtonProps['size']> }): ReactNode {
  const t = useTranslations('tasks');
  const claim = useAction({
    run: (_: void, key) => api.post(`/v1/tasks/${task.taskNo}/claim`, {}, key),
    done: t('claimed'),
    refresh: ['/v1/tasks'],
  });
  if (task.state !== 'open') return null;
  return (
    <Stack gap="xs" align="flex-start">
      <Button
        {...(size !== undefined && { size })}
        variant="default"
        loading={claim.running}
        onClick={() => void claim.start()}
        aria-label={t('claimOf', { title: task.title })}
      >
        {t('claim')}
      </Button>
      {claim.problem && <ErrorState problem={claim.problem} action />}
    </Stack>
  );
}

/** What can be done with a task in its state, for those who may. */
export function TaskActions({ task }: { task: Task }): ReactNode {
  const t = useTranslations('tasks');
  if (!useMay('operator')) return null;
  return (
    <Group gap="xs" align="flex-start">
      <ClaimButton task={task} />
      <NoteButton
        task={task}
        move="note"
        required
        title={t('noteTitle')}
        question={t('noteQuestion')}
        done={t('noted')}
        variant="default"
      >
        {t('writeNote')}
      </NoteButton>
      {isUnfinished(task) && (
        <>
          <NoteButton task={task} move="done" title={t('doneTitle')} question={t('doneQuestion')} done={t('doneSaid')}>
            {t('finish')}
          </NoteButton>
          <NoteButton
            task={task}
            move="drop"
            required
            title={t('dropTitle')}
            question={t('dropQuestion')}
            done={t('dropped')}
            variant="default"
          >
            {t('drop')}
          </NoteButton>
        </>
      )}
    </Group>
  );
}
