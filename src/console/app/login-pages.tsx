import { Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { IntlProvider, useTranslations } from 'use-intl';
import icon from '../icon.svg';
import { LanguageSwitch } from '../parts/language-switch.tsx';
import { LoginForm } from '../parts/login-form.tsx';
import { login as en } from '../words/en/login.ts';
import { login as zhCn } from '../words/zh-CN/login.ts';
import type { ConsoleLocale, Words } from '../words/words.ts';
import { guessLocale } from './guess-locale.ts';
import { Look } from './look.tsx';
import { OneTimeLink } from './one-time-link.tsx';

/** What is shown without a session: the log-in, or what a one-time link gives. */
export function LoginPages(): ReactNode {
  const [locale, setLocale] = useState<ConsoleLocale>(guessLocale);
  useEffect(() => {
    document.documentElement.lang = locale;
    localStorage.setItem('recallwave-locale', locale);
  }, [locale]);
  // Of all words only these: the others need a session.
  const words = { login: locale === 'zh-CN' ? zhCn : en } as Words;
  const token = /^\/invitation\/([^/]+)$/.exec(location.pathname)?.[1];
  return (
    <Look>
      <IntlProvider locale={locale} messages={words} timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}>
        <Center mih="100vh" p="md" component="main">
          <Paper withBorder p="xl" w="100%" maw={420}>
            <Stack>
              <Group gap={10}>
                <img src={icon} width={32} height={32} alt="" />
                <Text fw={600} size="lg">
                  Recallwave
                </Text>
              </Group>
              {token === undefined ? <LoginPage /> : <OneTimeLink token={token} locale={locale} />}
              <Switch locale={locale} choose={setLocale} />
            </Stack>
          </Paper>
        </Center>
      </IntlProvider>
    </Look>
  );
}

function LoginPage(): ReactNode {
  const t = useTranslations('login');
  useEffect(() => {
    document.title = `${t('title')} · Recallwave`;
  }, [t]);
  return (
    <>
      <Title order={1} size="h2">
        {t('title')}
      </Title>
      <Text c="dimmed">{t('intro')}</Text>
      <LoginForm onDone={() => location.reload()} />
      <Text size="sm" c="dimmed">
        {t('forgot')}
      </Text>
    </>
  );
}

function Switch({ locale, choose }: { locale: ConsoleLocale; choose(locale: ConsoleLocale): void }): ReactNode {
  const t = useTranslations('login');
  return <LanguageSwitch label={t('language')} locale={locale} choose={choose} />;
}
