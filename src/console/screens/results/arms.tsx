import { Accordion, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { CampaignRead, GroupRead } from '../../../api/v1/schemas/results.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Section } from '../../parts/section.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';
import { ContrastTable } from './contrast-table.tsx';
import { useEffectText } from './use-effect-text.ts';

type Metric = CampaignRead['metrics'][number];

/** Per action: what each group did, and each arm's difference; the goal first, other metrics folded away. */
export function ArmsSections({ read }: { read: CampaignRead }): ReactNode {
  const t = useTranslations('results');
  const say = useGlossary();
  const actions = [...new Set(read.groups.map(({ action }) => action))];
  const goal = read.metrics.filter(({ role }) => role === 'goal');
  const others = read.metrics.filter(({ role }) => role === 'secondary');
  return actions.map((action) => (
    <Section
      key={action}
      title={t('arms', { action: say('action', action) })}
      about={t('armsAbout', { label: goal.map(({ label }) => label).join(', ') })}
    >
      {goal.map((metric) => (
        <MetricOfArms key={metric.id} read={read} action={action} metric={metric} />
      ))}
      {others.length > 0 && (
        <Accordion variant="contained" order={3}>
          {others.map((metric) => (
            <Accordion.Item key={metric.id} value={metric.id}>
              <Accordion.Control>{metric.label}</Accordion.Control>
              <Accordion.Panel>
                <MetricOfArms read={read} action={action} metric={metric} />
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
      )}
    </Section>
  ));
}

function MetricOfArms({ read, action, metric }: { read: CampaignRead; action: string; metric: Metric }): ReactNode {
  const t = useTranslations('results');
  const { currency } = read;
  const groups = read.groups.filter((group) => group.action === action);
  const contrasts = read.contrasts.filter((one) => one.action === action && one.metric === metric.id);
  return (
    <Stack gap="sm">
      <Title order={3} size="h4">
        {metric.label}
      </Title>
      <Groups groups={groups} metric={metric} currency={currency} />
      {contrasts.length > 0 && (
        <ContrastTable
          label={`${t('difference')}: ${metric.label}`}
          labelHead={t('series')}
          metric={metric}
          currency={currency}
          rows={contrasts.map((contrast) => ({
            contrast,
            label: t('versus', { arm: contrast.arm, against: t(`against.${contrast.against}`) }),
          }))}
        />
      )}
    </Stack>
  );
}

function Groups({
  groups,
  metric,
  currency,
}: {
  groups: readonly GroupRead[];
  metric: Metric;
  currency: string;
}): ReactNode {
  const t = useTranslations('results');
  const parts = useTranslations('parts');
  const format = useFormatter();
  const text = useEffectText({ kind: metric.kind, currency });
  const of = (group: GroupRead): GroupRead['values'][number] | undefined =>
    group.values.find((value) => value.metric === metric.id);
  return (
    <DataTable
      label={`${t('value')}: ${metric.label}`}
      rows={groups}
      rowKey={({ group }) => group}
      empty={<Text c="dimmed">{t('nobodyYet')}</Text>}
      columns={[
        {
          key: 'group',
          head: t('group'),
          cell: ({ group, role }) => (
            <>
              {role === 'arm' || role === 'control' ? (
                <>
                  {group}{' '}
                  <Text span size="sm" c="dimmed">
                    {t(`role.${role}`)}
                  </Text>
                </>
              ) : (
                t(`role.${role}`)
              )}
            </>
          ),
        },
        {
          key: 'counts',
          head: t('entries'),
          numeric: true,
          cell: (group) => {
            const value = of(group);
            const counts = value && { part: format.number(value.converted), whole: format.number(value.entries) };
            return (
              <Text span size="sm" c="dimmed">
                {counts ? parts('of', counts) : format.number(group.entries)}
              </Text>
            );
          },
        },
        {
          key: 'value',
          head: t('value'),
          numeric: true,
          cell: (group) => {
            const value = of(group);
            return value?.estimate ? text.level(value.estimate.value) : '–';
          },
        },
        {
          key: 'interval',
          head: t('interval'),
          numeric: true,
          cell: (group) => {
            const estimate = of(group)?.estimate;
            return estimate
              ? parts('interval', { low: text.level(estimate.low), high: text.level(estimate.high) })
              : '–';
          },
        },
      ]}
    />
  );
}
