import { Button, Group, Modal, Stack, Text, type ButtonProps } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Action } from '../app/use-action.ts';
import { ErrorState } from './error-state.tsx';

interface ConfirmButtonProps extends ButtonProps {
  /** From useAction without an input, or with `input`. */
  action: Pick<Action<void>, 'running' | 'problem' | 'forget' | 'start'>;
  title: string;
  /** What will happen, and whether it can be undone. */
  question: ReactNode;
  /** The button that does it; default "Yes, go on". */
  confirm?: string;
  /** Fields of the dialog, such as a reason. */
  fields?: ReactNode;
  /** True while a field is missing. */
  incomplete?: boolean;
  children: ReactNode;
}

/** A button that asks before it acts; failures are said in the dialog, which closes when it worked. */
export function ConfirmButton(props: ConfirmButtonProps): ReactNode {
  const { action, title, question, confirm, fields, incomplete = false, children, ...look } = props;
  const t = useTranslations('parts');
  const [opened, { open, close }] = useDisclosure(false);
  function begin(): void {
    action.forget();
    open();
  }
  async function go(): Promise<void> {
    if (await action.start()) close();
  }
  return (
    <>
      <Button {...look} onClick={begin}>
        {children}
      </Button>
      <Modal opened={opened} onClose={close} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
        <Stack>
          <Text component="div">{question}</Text>
          {fields}
          {action.problem && <ErrorState problem={action.problem} action />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('cancel')}
            </Button>
            <Button
              {...(look.color !== undefined && { color: look.color })}
              loading={action.running}
              disabled={incomplete}
              onClick={() => void go()}
              data-autofocus
            >
              {confirm ?? t('confirm')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
