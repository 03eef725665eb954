import { Textarea, type ButtonProps } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useAction } from '../app/use-action.ts';
import { ConfirmButton } from './confirm-button.tsx';

interface ReasonButtonProps<Output> extends ButtonProps {
  title: string;
  /** What will happen, and whether it can be undone. */
  question: ReactNode;
  confirm: string;
  done: string;
  /** Paths whose data are fetched again. */
  refresh: readonly string[];
  run(reason: string, key: string): Promise<Output>;
  onDone?(output: Output): void;
  /** Further fields of the dialog. */
  fields?: ReactNode;
  incomplete?: boolean;
  children: ReactNode;
}

/** A button that asks why before it acts; the reason goes to the audit log. */
export function ReasonButton<Output>(props: ReasonButtonProps<Output>): ReactNode {
  const { done, refresh, run, onDone, fields, incomplete = false, ...rest } = props;
  const t = useTranslations('parts');
  const [reason, setReason] = useState('');
  const action = useAction({
    run,
    done,
    refresh,
    onDone: (output: Output) => {
      setReason('');
      onDone?.(output);
    },
  });
  const text = reason.trim();
  return (
    <ConfirmButton
      {...rest}
      action={{ ...action, start: () => action.start(text) }}
      incomplete={incomplete || text === ''}
      fields={
        <>
          {fields}
          <Textarea
            label={t('reasonLabel')}
            description={t('reasonHint')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={500}
            required
            autosize
            minRows={2}
          />
        </>
      }
    />
  );
}
