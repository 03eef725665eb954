import { Code, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { Arm, CampaignAction, Step } from '../../../../domain/campaign.schema.ts';
import { DataTable, type Column } from '../../../parts/data-table.tsx';
import { Rate } from '../../../parts/numbers.tsx';
import { Section } from '../../../parts/section.tsx';
import { useChurnReason } from '../../../parts/use-churn-reason.ts';
import { useGlossary } from '../../../parts/use-glossary.ts';

/** What is tried against what: the actions with their arms, shares, steps and offers. */
export function Arms({ actions, currency }: { actions: readonly CampaignAction[]; currency: string }): ReactNode {
  const t = useTranslations('campaigns');
  const columns = useColumns(currency);
  return (
    <Section title={t('arms')} about={t('armsText')}>
      {actions.map((action) => (
        <Stack key={action.id} gap={4}>
          <About action={action} />
          <DataTable
            label={t('armsOf', { action: action.id })}
            rows={action.arms}
            columns={columns}
            rowKey={({ id }) => id}
            empty={null}
          />
        </Stack>
      ))}
    </Section>
  );
}

function About({ action: { id, kind, when, reasons } }: { action: CampaignAction }): ReactNode {
  const t = useTranslations('campaigns');
  const say = useGlossary();
  const reason = useChurnReason();
  return (
    <Text>
      <Text span fw={600}>
        {id}
      </Text>{' '}
      ({say('action', kind)}){' '}
      {when !== undefined && (
        <>
          {t('when')} <Code>{when}</Code>{' '}
        </>
      )}
      {reasons !== undefined && t('forReasons', { reasons: reasons.map(reason).join(t('comma')) })}
    </Text>
  );
}

function useColumns(currency: string): Column<Arm>[] {
  const t = useTranslations('campaigns');
  return [
    { key: 'arm', head: t('arm'), cell: ({ id, control }) => (control ? t('controlArm', { arm: id }) : id) },
    { key: 'share', head: t('share'), numeric: true, cell: ({ share }) => <Rate rate={share} /> },
    { key: 'steps', head: t('steps'), cell: ({ steps }) => <Steps steps={steps} /> },
    { key: 'offer', head: t('offer'), cell: ({ offer }) => <Offer offer={offer} currency={currency} /> },
  ];
}

function Steps({ steps }: { steps: readonly Step[] }): ReactNode {
  const t = useTranslations('campaigns');
  const say = useGlossary();
  if (steps.length === 0) return t('getsNothing');
  return steps.map(({ afterDays, channels }, index) => {
    const ways = channels.map((channel) => say('channel', channel)).join(t('orElse'));
    return (
      <Text key={index} size="sm">
        {afterDays === undefined ? t('firstStep', { ways }) : t('laterStep', { days: afterDays, ways })}
      </Text>
    );
  });
}

function Offer({ offer, currency }: { offer: Arm['offer']; currency: string }): ReactNode {
  const t = useTranslations('campaigns');
  const format = useFormatter();
  if (!offer) return '–';
  const cost = format.number(offer.cost, { style: 'currency', currency });
  return t('offerCost', { pool: offer.pool ?? '–', cost });
}
