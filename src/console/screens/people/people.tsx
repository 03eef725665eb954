import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Person } from '../../../api/v1/schemas/people.ts';
import { useList } from '../../app/use-data.ts';
import { Page } from '../../parts/page.tsx';
import { SecretOnce } from '../../parts/secret-once.tsx';
import { Section } from '../../parts/section.tsx';
import { Accounts } from './accounts.tsx';
import { Invitations } from './invitations.tsx';
import { InviteButton } from './invite-button.tsx';
import { Keys } from './keys.tsx';

/** A one-time link that was just made. */
export interface MadeLink {
  url: string;
  /** Whose new password it is for; null: a new account. */
  name: string | null;
}

/** Accounts, one-time links and keys; for admins. */
export function Screen(): ReactNode {
  const t = useTranslations('people');
  const [link, setLink] = useState<MadeLink | null>(null);
  const people = useList<Person>('/v1/people');
  const text = link?.name ? `${t('passwordText', { name: link.name })} ${t('linkText')}` : t('linkText');
  return (
    <Page title={t('title')} intro={t('intro')}>
      {link && <SecretOnce title={t('linkTitle')} text={text} secret={link.url} />}
      <Section title={t('people')} actions={<InviteButton onMade={setLink} />}>
        <Accounts people={people} onLink={setLink} />
      </Section>
      <Invitations people={people.items} />
      <Keys />
    </Page>
  );
}
