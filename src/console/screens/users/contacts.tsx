import { Button, Group, List, Modal, Stack, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { UserContact, WhyReport } from '../../../api/v1/schemas/users.ts';
import { useData, useList } from '../../app/use-data.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { DataState } from '../../parts/data-state.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Section } from '../../parts/section.tsx';
import { StatusBadge, type Tone } from '../../parts/status-badge.tsx';
import { Time } from '../../parts/time.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';

type Outcome = WhyReport['steps'][number]['lines'][number]['outcome'];

const TONE: Record<Outcome, Tone> = {
  passed: 'good',
  ghost_passed: 'good',
  stopped: 'bad',
  ghost_stopped: 'bad',
  chance: 'running',
  held_out: 'waiting',
  message: 'quiet',
};

/** Every wave that looked at the user, with its answer; the whole ladder by a click. */
export function Contacts({ path, userZone }: { path: string; userZone: string | null }): ReactNode {
  const t = useTranslations('users');
  const say = useGlossary();
  const [asked, setAsked] = useState<number | null>(null);
  const list = useList<UserContact>(`${path}/contacts`);
  return (
    <Section title={t('contacts')} about={t('contactsAbout')}>
      <DataTable
        label={t('contacts')}
        list={list}
        rowKey={({ waveNo, step }) => `${waveNo} ${step}`}
        columns={[
          {
            key: 'wave',
            head: t('wave'),
            cell: (row) => (
              <AppLink to={`/waves/${row.waveNo}`}>
                {row.campaignId} {row.localDate}
              </AppLink>
            ),
          },
          { key: 'outcome', head: t('outcome'), cell: (row) => say('disposition', row.disposition) },
          { key: 'answer', head: t('answer'), cell: (row) => row.why },
          {
            key: 'at',
            head: t('when'),
            cell: (row) => (row.acceptedAt === null ? '–' : <Time at={row.acceptedAt} userZone={userZone} />),
          },
          {
            key: 'why',
            head: t('why'),
            cell: (row) => (
              <Button size="xs" variant="default" onClick={() => setAsked(row.waveNo)}>
                {t('why')}
              </Button>
            ),
          },
        ]}
        empty={t('contactsNone')}
      />
      {asked !== null && <Why path={path} waveNo={asked} onClose={() => setAsked(null)} />}
    </Section>
  );
}

function Why({ path, waveNo, onClose }: { path: string; waveNo: number; onClose(): void }): ReactNode {
  const t = useTranslations('users');
  const why = useData<WhyReport>(`${path}/why`, { query: { wave: waveNo } });
  return (
    <Modal
      opened
      size="xl"
      onClose={onClose}
      title={t('whyTitle', { wave: waveNo })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="md">
        <Text c="dimmed">{t('whyAbout')}</Text>
        <DataState data={why}>{(report) => <Ladder report={report} />}</DataState>
      </Stack>
    </Modal>
  );
}

function Ladder({ report }: { report: WhyReport }): ReactNode {
  const t = useTranslations('users');
  const say = useGlossary();
  return (
    <>
      <Text fw={600}>{report.answer}</Text>
      {report.steps.map(({ step, verdict, lines }) => (
        <Stack key={step} gap="xs">
          <Title order={3}>{t('step', { step })}</Title>
          <Text>{verdict}</Text>
          <List type="ordered" spacing={6}>
            {lines.map(({ rung, outcome, text }, place) => (
              <List.Item key={place}>
                <Group gap="xs">
                  <StatusBadge tone={TONE[outcome]}>{t(`outcomes.${outcome}`)}</StatusBadge>
                  <Text span fw={600} size="sm">
                    {say('rung', rung)}
                  </Text>
                </Group>
                <Text size="sm">{text}</Text>
              </List.Item>
            ))}
          </List>
        </Stack>
      ))}
      <Past title={t('permissions')} rows={report.permissions} />
      <Past title={t('done')} rows={report.outcomes} />
    </>
  );
}

function Past({ title, rows }: { title: string; rows: WhyReport['outcomes'] }): ReactNode {
  if (rows.length === 0) return null;
  return (
    <Stack gap={4}>
      <Title order={3}>{title}</Title>
      <List spacing={4}>
        {rows.map(({ at, text }, place) => (
          <List.Item key={place}>
            <Time at={at} />: {text}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
