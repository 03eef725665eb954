import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { WaterfallRung } from '../../../api/v1/schemas/waves.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { ShareBar } from '../../parts/share-bar.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';
import './waterfall.css';

interface WaterfallProps {
  rungs: readonly WaterfallRung[];
  /** Address and query of the users behind a number; absent: the numbers are plain. */
  behind?: { path: string; search: Record<string, string | number> };
  /** Rows after the ladder, such as those who returned. */
  children?: ReactNode;
}

/** From the warned to the contacted: at each rung who goes on, who stops and why. */
export function Waterfall({ rungs, behind, children }: WaterfallProps): ReactNode {
  const say = useGlossary();
  const t = useTranslations('waves');
  const format = useFormatter();
  const whole = rungs[0]?.reached ?? 0;
  return (
    <ol className="waterfall">
      {rungs.map(({ rung, stopped, passed }) => {
        const here = stopped.reduce((sum, { users }) => sum + users, 0);
        const label = `${say('rung', rung)}: ${format.number(passed)} ${t('goesOn')}, ${t('stopsHere', { count: format.number(here) })}`;
        return (
          <WaterfallRow
            key={rung}
            name={say('rung', rung)}
            count={
              <NumberBehind behind={passed === 0 ? undefined : behind} search={{ past: rung }}>
                {format.number(passed)}
              </NumberBehind>
            }
            bar={<ShareBar part={passed} stopped={here} whole={whole} label={label} />}
          >
            {stopped.length > 0 && (
              <Group gap="0 12px">
                <NumberBehind behind={behind} search={{ rung }}>
                  {t('stopsHere', { count: format.number(here) })}
                </NumberBehind>
                {stopped.map(({ reason, users }) => (
                  <Text key={reason} size="sm" span>
                    {say('reason', reason)}:{' '}
                    <NumberBehind behind={behind} search={{ rung, reason }}>
                      {format.number(users)}
                    </NumberBehind>
                  </Text>
                ))}
              </Group>
            )}
          </WaterfallRow>
        );
      })}
      {children}
    </ol>
  );
}

/** One line of a waterfall. */
export function WaterfallRow(props: {
  name: ReactNode;
  count: ReactNode;
  bar: ReactNode;
  children?: ReactNode;
}): ReactNode {
  return (
    <li>
      <Text component="div" size="sm" fw={500} className="waterfall-name">
        {props.name}
      </Text>
      <Text component="div" size="sm" className="waterfall-count number">
        {props.count}
      </Text>
      <Stack gap={2} className="waterfall-bar">
        {props.bar}
        {props.children}
      </Stack>
    </li>
  );
}

function NumberBehind(props: {
  behind: WaterfallProps['behind'];
  search: Record<string, string>;
  children: ReactNode;
}): ReactNode {
  const { behind, search, children } = props;
  if (!behind) return <span>{children}</span>;
  return (
    <AppLink size="sm" underline="always" to={behind.path} search={{ ...behind.search, ...search }}>
      {children}
    </AppLink>
  );
}
