import { Alert, Grid, Group, List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Home } from '../../../api/v1/schemas/home.ts';
import { useData } from '../../app/use-data.ts';
import { useMay } from '../../app/viewer.tsx';
import { AppLink } from '../../parts/app-link.tsx';
import { DataState } from '../../parts/data-state.tsx';
import { Page } from '../../parts/page.tsx';
import { Section } from '../../parts/section.tsx';
import { Time } from '../../parts/time.tsx';
import { Decisions } from './decisions.tsx';
import { EngageButton, KillSwitches } from './kill-switch.tsx';
import { RecentWaves } from './recent-waves.tsx';
import { RunningWaves } from './running-waves.tsx';

const LOOK_AGAIN_MS = 5_000;

/** What runs today, what waits for a decision, and whether all is well. */
export function Screen(): ReactNode {
  const t = useTranslations('home');
  const mayStop = useMay('operator');
  const data = useData<Home>('/v1/home', { every: LOOK_AGAIN_MS });
  const stopped = data.data?.killSwitches.some(({ campaignId }) => campaignId === null) ?? false;
  return (
    <Page title={t('title')} intro={t('intro')} actions={mayStop && !stopped ? <EngageButton /> : undefined}>
      <DataState data={data}>
        {(home) => (
          <>
            <KillSwitches switches={home.killSwitches} />
            <HealthLine health={home.health} />
            <Grid gap="md">
              <Grid.Col span={{ base: 12, md: 7 }}>
                <RunningWaves running={home.running} />
              </Grid.Col>
              <Grid.Col span={{ base: 12, md: 5 }}>
                <Decisions decisions={home.decisions} />
              </Grid.Col>
            </Grid>
            <RecentWaves waves={home.recent} />
            <Section title={t('alarms')}>
              <Alarms alarms={home.alarms} />
            </Section>
          </>
        )}
      </DataState>
    </Page>
  );
}

function HealthLine({ health }: { health: Home['health'] }): ReactNode {
  const t = useTranslations('home');
  if (health.database && health.temporal) {
    return (
      <Group gap="xs">
        <Text size="sm" c="dimmed">
          {t('healthy')}
        </Text>
        <AppLink to="/status" size="sm">
          {t('details')}
        </AppLink>
      </Group>
    );
  }
  return (
    <Alert color="red" title={t('health')} role="alert">
      {health.database ? t('temporalDown') : t('databaseDown')}{' '}
      <AppLink to="/status" underline="always">
        {t('details')}
      </AppLink>
    </Alert>
  );
}

function Alarms({ alarms }: { alarms: Home['alarms'] }): ReactNode {
  const t = useTranslations('home');
  if (alarms.length === 0) return <Text c="dimmed">{t('alarmsNone')}</Text>;
  return (
    <List spacing="xs">
      {alarms.map(({ alarmNo, waveNo, message, at }) => (
        <List.Item key={alarmNo}>
          <Time at={at} />:{' '}
          {waveNo === null ? (
            message
          ) : (
            <AppLink to={`/waves/${waveNo}`} underline="always">
              {message}
            </AppLink>
          )}
        </List.Item>
      ))}
    </List>
  );
}
