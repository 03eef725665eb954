import { Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Me } from '../../../api/v1/schemas/session.ts';
import { api } from '../../app/api-client.ts';
import { useAction } from '../../app/use-action.ts';
import { useViewer } from '../../app/viewer.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { Page } from '../../parts/page.tsx';
import { Section } from '../../parts/section.tsx';
import { OwnSessions } from './own-sessions.tsx';

/** The viewer's own name, password and sessions. */
export function Screen(): ReactNode {
  const t = useTranslations('account');
  return (
    <Page title={t('title')} intro={t('intro')}>
      <Profile />
      <Password />
      <OwnSessions />
    </Page>
  );
}

function Profile(): ReactNode {
  const t = useTranslations('account');
  const words = useTranslations('shell');
  const { person, change } = useViewer();
  const [name, setName] = useState(person.name);
  const save = useAction({
    run: () => api.patch<Me>('/v1/me', { name: name.trim() }),
    done: t('saved'),
    onDone: change,
  });
  function submit(event: FormEvent): void {
    event.preventDefault();
    void save.start();
  }
  return (
    <Section title={t('profile')}>
      <form onSubmit={submit}>
        <Stack maw={420}>
          <Text size="sm">
            {t('login')}: {person.login} · {t('role')}: {words(`roles.${person.role}`)}
          </Text>
          <TextInput
            label={t('name')}
            required
            maxLength={100}
            autoComplete="name"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {save.problem && <ErrorState problem={save.problem} action />}
          <Group>
            <Button type="submit" loading={save.running} disabled={name.trim() === '' || name.trim() === person.name}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

function Password(): ReactNode {
  const t = useTranslations('account');
  const login = useTranslations('login');
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useAction({
    run: () => api.put<null>('/v1/me/password', { current, next }),
    done: t('changed'),
    refresh: ['/v1/me/sessions'],
    onDone: () => {
      setCurrent('');
      setNext('');
    },
  });
  function submit(event: FormEvent): void {
    event.preventDefault();
    void change.start();
  }
  const toggle = { 'aria-label': login('toggle') };
  return (
    <Section title={t('password')}>
      <form onSubmit={submit}>
        <Stack maw={420}>
          <PasswordInput
            label={t('current')}
            required
            autoComplete="current-password"
            visibilityToggleButtonProps={toggle}
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('next')}
            description={t('nextHint')}
            required
            autoComplete="new-password"
            visibilityToggleButtonProps={toggle}
            value={next}
            onChange={(event) => setNext(event.currentTarget.value)}
          />
          {change.problem && <ErrorState problem={change.problem} action />}
          <Group>
            <Button type="submit" loading={change.running}>
              {t('change')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
