import { Alert, Button, List, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { Proof } from '../../../api/v1/schemas/wave-orders.ts';
import { api } from '../../app/api-client.ts';
import { useAction } from '../../app/use-action.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Count } from '../../parts/numbers.tsx';
import { Page } from '../../parts/page.tsx';
import { Section } from '../../parts/section.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { Time } from '../../parts/time.tsx';

/** Runs the proof of a wave and shows every check. */
export function Screen(): ReactNode {
  const { waveNo = '' } = useParams({ strict: false });
  const t = useTranslations('waves');
  const [proof, setProof] = useState<Proof | null>(null);
  const { start, running, problem } = useAction({
    run: (no: string, key) => api.post<Proof>(`/v1/waves/${no}/proofs`, {}, key),
    onDone: setProof,
  });
  useEffect(() => {
    void start(waveNo);
    // Once per wave: `start` is another function at every look.
  }, [waveNo]);
  return (
    <Page
      title={t('proofOf', { no: waveNo })}
      intro={t('proofAbout')}
      actions={
        <>
          <Button variant="default" loading={running} onClick={() => void start(waveNo)}>
            {t('proofAgain')}
          </Button>
          <AppLink to={`/waves/${waveNo}`}>{t('backToWave', { no: waveNo })}</AppLink>
        </>
      }
    >
      {problem && <ErrorState problem={problem} again={() => void start(waveNo)} />}
      {proof === null ? running && <Loading /> : <Proved proof={proof} />}
    </Page>
  );
}

function Proved({ proof }: { proof: Proof }): ReactNode {
  const t = useTranslations('waves');
  const format = useFormatter();
  const failed = proof.checks.filter((check) => !check.ok).length;
  const { ofWave, total, withoutId, source } = proof.acceptances;
  return (
    <>
      <Alert
        color={proof.proved ? 'green' : 'red'}
        title={proof.proved ? t('proved') : t('notProved', { count: failed })}
        role="status"
      >
        <Time at={proof.at} seconds />
        {proof.open > 0 && <Text size="sm">{t('proofOpen', { count: format.number(proof.open) })}</Text>}
      </Alert>
      <Section title={t('checks')}>
        <Checks proof={proof} />
      </Section>
      <Section title={t('balance')}>
        {proof.steps.map((step) => (
          <Balance key={step.step} step={step} />
        ))}
      </Section>
      {!proof.wave.recorded && (
        <Section title={t('acceptances')} about={t(`acceptanceSource.${source}`)}>
          <Text>
            {t('acceptancesText', {
              ofWave: format.number(ofWave),
              total: format.number(total),
              withoutId: format.number(withoutId),
            })}
          </Text>
        </Section>
      )}
    </>
  );
}

function Checks({ proof }: { proof: Proof }): ReactNode {
  const t = useTranslations('waves');
  const say = useTranslations('proofChecks');
  return (
    <DataTable
      label={t('checks')}
      rows={proof.checks.toSorted((a, b) => Number(a.ok) - Number(b.ok))}
      rowKey={({ name }) => name}
      empty={null}
      columns={[
        {
          key: 'ok',
          head: t('state'),
          cell: ({ ok }) => <StatusBadge tone={ok ? 'good' : 'bad'}>{t(ok ? 'holds' : 'fails')}</StatusBadge>,
        },
        {
          key: 'check',
          head: t('check'),
          cell: ({ name, sentence, fix, samples, ok }) => (
            <>
              <Text size="sm">{ok && say.has(name as never) ? say(name as never) : sentence}</Text>
              {samples.length > 0 && <Text size="sm">{t('samples', { samples: samples.join(', ') })}</Text>}
              {fix !== null && !ok && <Text size="sm">{t('fixIs', { fix })}</Text>}
            </>
          ),
        },
        { key: 'hits', head: t('hits'), numeric: true, cell: ({ hits }) => <Count value={hits} /> },
      ]}
    />
  );
}

const COUNTS = [
  'sent',
  'failed',
  'unknown',
  'deferred',
  'cancelled',
  'expired',
  'open',
  'notPlanned',
  'withoutMessage',
] as const;
const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, users) => sum + users, 0);

function Balance({ step }: { step: Proof['steps'][number] }): ReactNode {
  const t = useTranslations('waves');
  const format = useFormatter();
  const parts: [keyof typeof step, number][] = [
    ...COUNTS.map((column): [keyof typeof step, number] => [column, step[column]]),
    ['heldOut', total(step.heldOut)],
    ['blocked', total(step.blocked)],
    ['suppressed', total(step.suppressed)],
  ];
  const shown = parts.filter(([, users]) => users > 0);
  return (
    <div>
      <Text fw={600}>{t('step', { step: String(step.step) })}</Text>
      <List size="sm">
        {shown.map(([column, users]) => (
          <List.Item key={column}>
            {t(`proofColumns.${column}` as never)}: {format.number(users)}
          </List.Item>
        ))}
      </List>
      <Text size="sm" fw={600}>
        {t('proofColumns.sum')}: {format.number(step.sum)} · {t('proofColumns.audience')}:{' '}
        {format.number(step.audience)}
      </Text>
    </div>
  );
}
