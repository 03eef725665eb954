import { Textarea, type ButtonProps } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Task } from '../../../api/v1/schemas/tasks.ts';
import { api } from '../../app/api-client.ts';
import { useAction } from '../../app/use-action.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';

interface NoteButtonProps extends ButtonProps {
  task: Task;
  move: 'note' | 'done' | 'drop';
  title: string;
  question: string;
  /** Said when it worked. */
  done: string;
  /** True: not without a note. */
  required?: boolean;
  children: string;
}

/** Asks for the task's note and does something with it; the note stays with the task and isn't in the audit log. */
export function NoteButton(props: NoteButtonProps): ReactNode {
  const { task, move, title, question, done, required = false, children, ...look } = props;
  const t = useTranslations('tasks');
  const [typed, setTyped] = useState<string | null>(null);
  const note = (typed ?? task.note ?? '').trim();
  const act = useAction({
    run: (text: string, key) => api.post(`/v1/tasks/${task.taskNo}/${move}`, text === '' ? {} : { note: text }, key),
    done,
    refresh: ['/v1/tasks'],
    onDone: () => setTyped(null),
  });
  return (
    <ConfirmButton
      {...look}
      action={{ ...act, start: () => act.start(note) }}
      title={title}
      question={question}
      confirm={children}
      incomplete={required && note === ''}
      fields={
        <Textarea
          label={t('note')}
          description={t('noteHint')}
          value={typed ?? task.note ?? ''}
          onChange={(event) => setTyped(event.currentTarget.value)}
          maxLength={4000}
          required={required}
          autosize
          minRows={3}
        />
      }
    >
      {children}
    </ConfirmButton>
  );
}
