import { NavLink, Text } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { atLeast } from '../../domain/roles.ts';
import { SCREEN_GROUPS, type ScreenEntry } from '../screens/registry.ts';
import { useViewer } from './viewer.tsx';

/** The screens that the viewer's role may open, in groups. */
export function Navigation({ onGo }: { onGo(): void }): ReactNode {
  const t = useTranslations('shell.groups');
  const { person } = useViewer();
  return SCREEN_GROUPS.map(({ key, screens }) => (
    <div key={key} role="group" aria-label={t(key)}>
      <Text size="xs" c="dimmed" fw={600} px="sm" pt="xs" aria-hidden>
        {t(key)}
      </Text>
      {screens
        .filter(({ role }) => atLeast(person.role, role))
        .map((screen) => (
          <ScreenLink key={screen.path} screen={screen} onGo={onGo} />
        ))}
    </div>
  ));
}

function ScreenLink({ screen: { path, nav }, onGo }: { screen: ScreenEntry; onGo(): void }): ReactNode {
  const t = useTranslations('nav');
  const { pathname } = useLocation();
  if (!nav) return null;
  const here = path === '/' ? pathname === '/' : pathname === path || pathname.startsWith(`${path}/`);
  const Icon = nav.icon;
  return (
    <NavLink
      label={t(nav.key)}
      active={here}
      leftSection={<Icon size={20} stroke={1.6} />}
      renderRoot={(props) => (
        <Link to={path} {...props} {...(here && { 'aria-current': 'page' as const })} onClick={onGo} />
      )}
    />
  );
}
