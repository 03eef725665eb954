import { NavLink } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { atLeast } from '../../domain/roles.ts';
import { SCREENS } from '../screens/registry.ts';
import { useViewer } from './viewer.tsx';

/** The screens that the viewer's role may open. */
export function Navigation({ onGo }: { onGo(): void }): ReactNode {
  const t = useTranslations('nav');
  const { person } = useViewer();
  const { pathname } = useLocation();
  return SCREENS.map(({ path, nav, role }) => {
    if (!nav || !atLeast(person.role, role)) return null;
    const here = path === '/' ? pathname === '/' : pathname === path || pathname.startsWith(`${path}/`);
    const Icon = nav.icon;
    return (
      <NavLink
        key={path}
        label={t(nav.key)}
        active={here}
        leftSection={<Icon size={20} stroke={1.6} />}
        renderRoot={(props) => (
          <Link to={path} {...props} {...(here && { 'aria-current': 'page' as const })} onClick={onGo} />
        )}
      />
    );
  });
}
