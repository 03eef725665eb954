import { Modal, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Session } from '../../api/v1/schemas/session.ts';
import { LoginForm } from '../parts/login-form.tsx';
import { onLoggedOut, rememberSession } from './api-client.ts';
import { ApiProblem } from './api-problem.ts';
import { useViewer } from './viewer.tsx';

interface Waiting {
  resolve(): void;
  reject(problem: ApiProblem): void;
}

/** Asks for the password over the page when the session is over: the page stays as it is, and what was asked is asked again. */
export function LoginDialog(): ReactNode {
  const t = useTranslations('login');
  const { person } = useViewer();
  const [open, setOpen] = useState(false);
  const waiting = useRef<Waiting[]>([]);

  useEffect(() => {
    onLoggedOut(
      () =>
        new Promise<void>((resolve, reject) => {
          waiting.current.push({ resolve, reject });
          setOpen(true);
        }),
    );
  }, []);

  function settle(each: (one: Waiting) => void): void {
    setOpen(false);
    for (const one of waiting.current.splice(0)) each(one);
  }

  function done(session: Session): void {
    rememberSession(session);
    settle((one) => one.resolve());
  }

  function giveUp(): void {
    const problem = { code: 'not_logged_in', detail: t('again'), fix: t('againText') };
    settle((one) => one.reject(new ApiProblem(401, problem)));
  }

  return (
    <Modal
      opened={open}
      onClose={giveUp}
      title={t('again')}
      closeButtonProps={{ 'aria-label': t('cancel') }}
      zIndex={500}
    >
      <Stack>
        <Text>{t('againText')}</Text>
        {open && <LoginForm login={person.login} onDone={done} />}
      </Stack>
    </Modal>
  );
}
