import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { lazy, type ReactNode } from 'react';
import { ErrorState } from '../parts/error-state.tsx';
import { Loading } from '../parts/loading.tsx';
import { NotFound } from '../parts/not-found.tsx';
import { RoleMissing } from '../parts/role-missing.tsx';
import { SCREENS, type ScreenEntry } from '../screens/registry.ts';
import { asProblem } from './api-problem.ts';
import { loadScreen } from './load-screen.ts';
import { Shell } from './shell.tsx';
import { useMay } from './viewer.tsx';

const root = createRootRoute({ component: Shell });

function routeOf(screen: ScreenEntry) {
  const Loaded = lazy(async () => ({ default: (await loadScreen(screen.load)).Screen }));
  const Guarded = (): ReactNode => (useMay(screen.role) ? <Loaded /> : <RoleMissing role={screen.role} />);
  return createRoute({ getParentRoute: () => root, path: screen.path, component: Guarded });
}

/** Text stays text: 007 in an address is no number. */
function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

function stringifySearch(search: Record<string, unknown>): string {
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
}

/** The console's routes, from the registry of screens. */
export const router = createRouter({
  routeTree: root.addChildren(SCREENS.map(routeOf)),
  parseSearch,
  stringifySearch,
  defaultPendingComponent: Loading,
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: ({ error, reset }) => <ErrorState problem={asProblem(error)} again={reset} />,
  scrollRestoration: true,
});
