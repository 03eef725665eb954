import { MantineThemeProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Me, Session } from '../../api/v1/schemas/session.ts';
import { api } from './api-client.ts';
import { asProblem } from './api-problem.ts';
import { Language } from './languages.tsx';
import { LoginDialog } from './login-dialog.tsx';
import { Look } from './look.tsx';
import { router } from './router.tsx';
import { ViewerProvider, type Viewer } from './viewer.tsx';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What is wrong with a request stays wrong; what didn't arrive may arrive.
      retry: (count, error) => count < 2 && [0, 503].includes(asProblem(error).status),
      retryDelay: 1_000,
    },
  },
});

/** The whole console of somebody who is logged in. */
export function Console({ session }: { session: Session }): ReactNode {
  const [person, setPerson] = useState<Me>(session.person);
  const viewer = useMemo<Viewer>(
    () => ({
      person,
      locale: person.locale === 'zh-CN' ? 'zh-CN' : 'en',
      timeZone: person.timezone,
      chooseLocale: (locale) => {
        localStorage.setItem('recallwave-locale', locale);
        void keep({ locale });
      },
      chooseZone: (timezone) => void keep({ timezone }),
      change: setPerson,
    }),
    [person],
  );
  async function keep(change: Partial<Me>): Promise<void> {
    setPerson((before) => ({ ...before, ...change }));
    setPerson(await api.patch<Me>('/v1/me', change));
    // The server tells its sentences in the person's language.
    if (change.locale !== undefined) await queries.invalidateQueries();
  }
  return (
    <Look>
      <QueryClientProvider client={queries}>
        <Language locale={viewer.locale} timeZone={viewer.timeZone}>
          <ViewerProvider value={viewer}>
            <Notes />
            <RouterProvider router={router} />
            <LoginDialog />
          </ViewerProvider>
        </Language>
      </QueryClientProvider>
    </Look>
  );
}

/** What was done is said for a while; the cross that puts it away has a name. */
function Notes(): ReactNode {
  const t = useTranslations('parts');
  const theme = useMemo(
    () => ({ components: { Notification: { defaultProps: { closeButtonProps: { 'aria-label': t('close') } } } } }),
    [t],
  );
  return (
    <MantineThemeProvider theme={theme}>
      <Notifications position="top-right" />
    </MantineThemeProvider>
  );
}
