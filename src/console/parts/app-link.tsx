import { Anchor, type AnchorProps } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

interface AppLinkProps extends Omit<AnchorProps, 'to'> {
  /** Path of a screen, with its parameters filled in. */
  to: string;
  search?: Record<string, string | number | undefined>;
  children: ReactNode;
}

/** A link to another screen of the console, without loading the page anew. */
export function AppLink({ to, search, children, ...look }: AppLinkProps): ReactNode {
  return (
    <Anchor
      inherit={look.size === undefined}
      {...look}
      renderRoot={(props) => <Link to={to} {...(search && { search: search as never })} {...props} />}
    >
      {children}
    </Anchor>
  );
}
