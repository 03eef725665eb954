import { Alert, Anchor, Button, Loader, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { InvitationOffer } from '../../api/v1/schemas/session.ts';
import type { ConsoleLocale } from '../words/words.ts';
import { api } from './api-client.ts';
import { asProblem, type ApiProblem } from './api-problem.ts';

interface LinkProps {
  token: string;
  locale: ConsoleLocale;
}

/** A one-time link: makes an account, or gives an account a new password. */
export function OneTimeLink({ token, locale }: LinkProps): ReactNode {
  const t = useTranslations('login');
  const [offer, setOffer] = useState<InvitationOffer | ApiProblem | null>(null);
  useEffect(() => {
    api.get<InvitationOffer>(`/v1/one-time-links/${token}`).then(setOffer, (error) => setOffer(asProblem(error)));
  }, [token]);
  if (offer === null) return <Loader />;
  if (offer instanceof Error) {
    return (
      <Alert color="red" title={offer.status === 404 ? t('linkOver') : t('unreachable')}>
        <Stack gap="xs">
          {offer.status === 404 && <Text size="sm">{t('linkOverText')}</Text>}
          <Anchor href="/">{t('toLogin')}</Anchor>
        </Stack>
      </Alert>
    );
  }
  return <Acceptance token={token} locale={locale} offer={offer} />;
}

/** What the link is for: a new account with its role, or a new password. */
function Introduction({ offer: { login, role } }: { offer: InvitationOffer }): ReactNode {
  const t = useTranslations('login');
  return (
    <>
      <Title order={1} size="h2">
        {login === null ? t('welcome') : t('newPasswordTitle')}
      </Title>
      <Text c="dimmed">
        {login === null ? t('welcomeText', { role: t(`roles.${role}`) }) : t('newPasswordText', { login })}
      </Text>
    </>
  );
}

function Acceptance({ token, locale, offer }: LinkProps & { offer: InvitationOffer }): ReactNode {
  const t = useTranslations('login');
  const isNew = offer.login === null;
  const [login, setLogin] = useState('');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const differs = repeated !== '' && repeated !== password;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (running || repeated !== password) return;
    setRunning(true);
    setProblem(null);
    const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    try {
      await api.post(`/v1/one-time-links/${token}`, { login, name, password, locale, timezone });
      location.assign('/');
    } catch (error) {
      setProblem(asProblem(error));
      setRunning(false);
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <Introduction offer={offer} />
        {problem && (
          <Alert color="red" role="alert">
            {problem.status === 0 ? t('unreachable') : [problem.message, problem.fix].filter(Boolean).join(' – ')}
          </Alert>
        )}
        {isNew && (
          <>
            <TextInput
              label={t('choose')}
              description={t('chooseHint')}
              autoComplete="username"
              autoCapitalize="none"
              required
              value={login}
              onChange={(event) => setLogin(event.currentTarget.value)}
            />
            <TextInput
              label={t('name')}
              autoComplete="name"
              required
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          </>
        )}
        <PasswordInput
          label={t('newPassword')}
          description={t('newPasswordHint')}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('toggle') }}
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('repeat')}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('toggle') }}
          required
          error={differs && t('repeatWrong')}
          value={repeated}
          onChange={(event) => setRepeated(event.currentTarget.value)}
        />
        <Button type="submit" loading={running} fullWidth>
          {t('accept')}
        </Button>
      </Stack>
    </form>
  );
}
