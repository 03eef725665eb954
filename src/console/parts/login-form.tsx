import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Session } from '../../api/v1/schemas/session.ts';
import { logIn } from '../app/api-client.ts';
import { asProblem, type ApiProblem } from '../app/api-problem.ts';

/** Login and password; `login` fixes whose session it is. */
export function LoginForm({ login, onDone }: { login?: string; onDone(session: Session): void }): ReactNode {
  const t = useTranslations('login');
  const [name, setName] = useState(login ?? '');
  const [password, setPassword] = useState('');
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    event.stopPropagation();
    if (running) return;
    setRunning(true);
    setProblem(null);
    try {
      onDone(await logIn({ login: name, password }));
    } catch (error) {
      setProblem(asProblem(error));
      setPassword('');
    } finally {
      setRunning(false);
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        {problem && (
          <Alert color="red" role="alert">
            {reason(problem, t)}
          </Alert>
        )}
        <TextInput
          label={t('login')}
          name="login"
          autoComplete="username"
          autoCapitalize="none"
          required
          readOnly={login !== undefined}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('password')}
          name="password"
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('toggle') }}
          required
          data-autofocus={login !== undefined || undefined}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={running} fullWidth>
          {t('submit')}
        </Button>
      </Stack>
    </form>
  );
}

function reason(problem: ApiProblem, t: ReturnType<typeof useTranslations<'login'>>): string {
  if (problem.status === 0 || problem.status === 503) return t('unreachable');
  if (problem.status === 429) return t('tooMany');
  return problem.status === 401 ? t('wrong') : problem.message;
}
