import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { StepReport, WaveReport, WaveReturns } from '../../../api/v1/schemas/waves.ts';
import { useData } from '../../app/use-data.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { CountLink } from '../../parts/count-link.tsx';
import { Count } from '../../parts/numbers.tsx';
import { Section } from '../../parts/section.tsx';
import { ShareBar } from '../../parts/share-bar.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';
import { Waterfall, WaterfallRow } from './waterfall.tsx';

interface StepProps {
  report: WaveReport;
  step: StepReport;
}

/** One step of a wave: the waterfall down to who returned, the arms, and why contacted users got nothing. */
export function StepDetails({ report, step }: StepProps): ReactNode {
  const t = useTranslations('waves');
  const several = report.steps.length > 1;
  const named = (title: string): string => (several ? `${title} · ${t('step', { step: String(step.step) })}` : title);
  const users = `/waves/${report.wave.waveNo}/users`;
  return (
    <>
      <Section title={named(t('waterfall'))} about={t('waterfallAbout')}>
        {step.audience > 0 && step.audience === step.notPlanned ? (
          <Text c="dimmed">{t('notPlannedText')}</Text>
        ) : (
          <Waterfall rungs={step.waterfall} behind={{ path: users, search: { step: step.step } }}>
            <Reached report={report} step={step} />
          </Waterfall>
        )}
      </Section>
      {step.arms.length > 0 && (
        <Section title={named(t('arms'))}>
          <Arms step={step} waveNo={report.wave.waveNo} />
        </Section>
      )}
      {step.unsent.length > 0 && (
        <Section title={named(t('notSent'))}>
          <Unsent step={step} waveNo={report.wave.waveNo} />
        </Section>
      )}
      {step.step === 1 && report.coupons.length > 0 && <Coupons report={report} />}
    </>
  );
}

function Reached({ report, step }: StepProps): ReactNode {
  const t = useTranslations('waves');
  const format = useFormatter();
  const whole = step.waterfall[0]?.reached ?? 0;
  const sent = step.channels.reduce((sum, { accepted }) => sum + accepted, 0);
  const label = `${t('sent')}: ${format.number(sent)}`;
  return (
    <>
      <WaterfallRow
        name={t('sent')}
        count={
          <CountLink
            value={sent}
            to={`/waves/${report.wave.waveNo}/messages`}
            search={{ step: step.step, fate: 'accepted' }}
          />
        }
        bar={<ShareBar part={sent} whole={whole} label={label} />}
      />
      {step.step === 1 && <Returned waveNo={report.wave.waveNo} whole={whole} />}
    </>
  );
}

function Returned({ waveNo, whole }: { waveNo: number; whole: number }): ReactNode {
  const t = useTranslations('waves');
  const format = useFormatter();
  const { data } = useData<WaveReturns>(`/v1/waves/${waveNo}/returns`);
  if (!data) return null;
  const { contactedReturned, heldOut, heldOutReturned, windowsOpen } = data;
  const users = `/waves/${waveNo}/users`;
  return (
    <WaterfallRow
      name={t('returnedRow')}
      count={
        <CountLink value={contactedReturned} to={users} search={{ disposition: 'reached', outcome: 'returned' }} />
      }
      bar={
        <ShareBar
          part={contactedReturned}
          whole={whole}
          label={`${t('returnedRow')}: ${format.number(contactedReturned)}`}
        />
      }
    >
      <Text size="sm" c="dimmed">
        {heldOut > 0 &&
          t.rich('returnedHeldOut', {
            part: () => (
              <CountLink value={heldOutReturned} to={users} search={{ disposition: 'held_out', outcome: 'returned' }} />
            ),
            whole: () => <CountLink value={heldOut} to={users} search={{ step: 1, disposition: 'held_out' }} />,
          })}
        {heldOut > 0 && windowsOpen > 0 && ' · '}
        {windowsOpen > 0 && (
          <AppLink to={users} search={{ outcome: 'window_open' }}>
            {t('windowsOpen', { count: windowsOpen })}
          </AppLink>
        )}
      </Text>
    </WaterfallRow>
  );
}

/** Columns of the arms with the list and the query that show exactly their rows. */
const ARM_COLUMNS = [
  ['assigned', 'users', { drawn: 'arm' }],
  ['contacted', 'users', { disposition: 'reached' }],
  ['blocked', 'users', { drawn: 'arm', disposition: 'blocked' }],
  ['accepted', 'messages', { fate: 'accepted' }],
  ['heldOut', 'users', { drawn: 'held_out' }],
] as const;

function Arms({ step: { step, arms }, waveNo }: { step: StepReport; waveNo: number }): ReactNode {
  const t = useTranslations('waves');
  const say = useGlossary();
  return (
    <DataTable
      label={t('arms')}
      rows={arms}
      rowKey={({ action, arm }) => `${action} ${arm}`}
      empty={null}
      columns={[
        { key: 'action', head: t('action'), cell: ({ action }) => say('action', action) },
        {
          key: 'arm',
          head: t('arm'),
          cell: ({ action, arm }) => (
            <AppLink to={`/waves/${waveNo}/users`} search={{ step, action, arm }}>
              {arm}
            </AppLink>
          ),
        },
        ...ARM_COLUMNS.map(([column, list, query]) => ({
          key: column,
          head: t(column),
          numeric: true,
          cell: (row: StepReport['arms'][number]) => (
            <CountLink
              value={row[column]}
              to={`/waves/${waveNo}/${list}`}
              search={{ step, action: row.action, arm: row.arm, ...query }}
            />
          ),
        })),
      ]}
    />
  );
}

/** What a report calls messages without a reason. */
const UNNAMED = 'unnamed';

function Unsent({ step, waveNo }: { step: StepReport; waveNo: number }): ReactNode {
  const t = useTranslations('waves');
  const say = useGlossary();
  return (
    <DataTable
      label={t('notSent')}
      rows={step.unsent}
      rowKey={({ state, reason }) => `${state} ${reason}`}
      empty={null}
      columns={[
        { key: 'state', head: t('state'), cell: ({ state }) => say('messageState', state) },
        { key: 'reason', head: t('reason'), cell: ({ reason }) => say('reason', reason) },
        {
          key: 'users',
          head: t('users'),
          numeric: true,
          cell: ({ state, reason, users }) => (
            <CountLink
              value={users}
              to={`/waves/${waveNo}/messages`}
              search={{ state, step: step.step, reason: reason === UNNAMED ? undefined : reason }}
            />
          ),
        },
      ]}
    />
  );
}

function Coupons({ report }: { report: WaveReport }): ReactNode {
  const t = useTranslations('waves');
  const said = (state: string): string => {
    const key = `couponStates.${state}` as never;
    return t.has(key) ? t(key) : state;
  };
  return (
    <Section title={t('coupons')}>
      <DataTable
        label={t('coupons')}
        rows={report.coupons}
        rowKey={({ pool, state }) => `${pool} ${state}`}
        empty={null}
        columns={[
          { key: 'pool', head: t('pool'), cell: ({ pool }) => pool },
          { key: 'state', head: t('state'), cell: ({ state }) => said(state) },
          { key: 'codes', head: t('codes'), numeric: true, cell: ({ codes }) => <Count value={codes} /> },
        ]}
      />
    </Section>
  );
}
