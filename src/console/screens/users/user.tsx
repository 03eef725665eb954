import { Alert, Anchor } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { UserProfile } from '../../../api/v1/schemas/users.ts';
import { useData } from '../../app/use-data.ts';
import { useMay } from '../../app/viewer.tsx';
import { AppLink } from '../../parts/app-link.tsx';
import { DataState } from '../../parts/data-state.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Page } from '../../parts/page.tsx';
import { Facts, Section } from '../../parts/section.tsx';
import { Time } from '../../parts/time.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';
import { Contacts } from './contacts.tsx';
import { EraseButton } from './erase-button.tsx';
import { Answers, Entries, Warnings } from './history.tsx';
import { Suppressions } from './suppressions.tsx';

/** One user: profile, consent, warnings, and every contact and non-contact with why. */
export function Screen(): ReactNode {
  const { userId = '' } = useParams({ strict: false });
  const t = useTranslations('users');
  const path = `/v1/users/${encodeURIComponent(userId)}`;
  const profile = useData<UserProfile>(path);
  const mayErase = useMay('admin');
  return (
    <Page
      title={userId}
      actions={
        <>
          <AppLink to="/users">{t('back')}</AppLink>
          {mayErase && (
            <Anchor href={`${path}/export`} download={`user-${userId}.json`}>
              {t('export')}
            </Anchor>
          )}
          {mayErase && profile.data?.erasedAt === null && <EraseButton userId={userId} path={path} />}
        </>
      }
    >
      <DataState data={profile}>{(user) => <Profile user={user} path={path} />}</DataState>
    </Page>
  );
}

function Profile({ user, path }: { user: UserProfile; path: string }): ReactNode {
  const t = useTranslations('users');
  const say = useGlossary();
  const format = useFormatter();
  const sees = useMay('marketer');
  const address = (value: string | null): string => value ?? (sees ? t('noAddress') : t('hidden'));
  const consent = (given: boolean | null): string =>
    given === null ? t('unknown') : given ? t('granted') : t('withdrawn');
  const erasedAt = user.erasedAt === null ? null : format.dateTime(new Date(user.erasedAt), { dateStyle: 'medium' });
  return (
    <>
      {erasedAt !== null && <Alert color="gray">{t('erased', { at: erasedAt })}</Alert>}
      <Facts
        facts={[
          [t('email'), address(user.email)],
          [t('phone'), address(user.phone)],
          [t('language'), user.locale ?? t('unknown')],
          [t('zone'), user.timezone ?? t('unknown')],
          [`${t('consent')}: ${say('channel', 'email')}`, consent(user.consentEmail)],
          [`${t('consent')}: ${say('channel', 'sms')}`, consent(user.consentSms)],
          [`${t('consent')}: ${say('channel', 'push')}`, consent(user.consentPush)],
          [
            t('refused'),
            user.refusedCategories.map((category) => say('category', category)).join(', ') || t('nothing'),
          ],
        ]}
      />
      <Contacts path={path} userZone={user.timezone} />
      <Suppressions user={user} path={path} />
      <Warnings warnings={user.warnings} />
      <Answers answers={user.answers} />
      <Entries entries={user.entries} />
      <Section title={t('consents')}>
        <DataTable
          label={t('consents')}
          rows={user.consents.map((row, place) => ({ ...row, place }))}
          rowKey={({ place }) => place}
          columns={[
            { key: 'when', head: t('when'), cell: ({ at }) => <Time at={at} userZone={user.timezone} /> },
            {
              key: 'channel',
              head: t('channelOrCategory'),
              cell: ({ channel, category }) =>
                channel === null ? say('category', category ?? '') : say('channel', channel),
            },
            { key: 'state', head: t('state'), cell: ({ granted }) => (granted ? t('granted') : t('withdrawn')) },
            { key: 'source', head: t('source'), cell: ({ source }) => say('consentSource', source) },
            { key: 'by', head: t('by'), cell: ({ actor }) => actor },
          ]}
          empty={t('unknown')}
        />
      </Section>
      <Section title={t('attributes')}>
        <DataTable
          label={t('attributes')}
          rows={Object.entries(user.attributes).map(([name, value]) => ({ name, value }))}
          rowKey={({ name }) => name}
          columns={[
            { key: 'name', head: t('attribute'), cell: ({ name }) => name },
            {
              key: 'value',
              head: t('value'),
              cell: ({ value }) => <span className="as-written">{String(value)}</span>,
            },
          ]}
          empty={t('noAttributes')}
        />
      </Section>
    </>
  );
}
