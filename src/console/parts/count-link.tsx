import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { AppLink } from './app-link.tsx';
import { Count } from './numbers.tsx';

interface CountLinkProps {
  value: number;
  /** Address and query of the list that shows exactly these rows. */
  to: string;
  search?: Record<string, string | number | undefined>;
}

/** A number that opens the rows behind it; nothing is behind none. */
export function CountLink({ value, to, search }: CountLinkProps): ReactNode {
  if (value === 0) return <Count value={0} />;
  return (
    <AppLink to={to} {...(search && { search })}>
      <Count value={value} />
    </AppLink>
  );
}

/** A number without rows behind it, such as of a rehearsal; a tooltip says why. */
export function CountAlone({ value, why }: { value: number; why?: string }): ReactNode {
  const t = useTranslations('parts');
  return (
    <span title={why ?? t('noRows')} className="no-rows">
      <Count value={value} />
    </span>
  );
}
