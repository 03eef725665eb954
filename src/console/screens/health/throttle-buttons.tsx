import { notifications } from '@mantine/notifications';
import { Group, NumberInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { ResumedProvider, ThrottleList } from '../../../api/v1/schemas/wave-orders.ts';
import type { ChannelThrottle } from '../../../api/v1/schemas/waves.ts';
import { api } from '../../app/api-client.ts';
import { useAction } from '../../app/use-action.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { ReasonButton } from '../../parts/reason-button.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';

const REFRESH = ['/v1/throttles', '/v1/waves', '/v1/home'];

interface ThrottleButtonsProps {
  throttle: Pick<ChannelThrottle, 'channel' | 'provider' | 'ratePerS' | 'stoppedAt'>;
}

/** Sets how fast a provider is used, and lets one that was stopped send again; for operators. */
export function ThrottleButtons({ throttle }: ThrottleButtonsProps): ReactNode {
  const t = useTranslations('throttles');
  const say = useGlossary();
  const { channel, provider, stoppedAt } = throttle;
  return (
    <Group gap="xs">
      <RateButton throttle={throttle} />
      {stoppedAt !== null && (
        <ReasonButton<ResumedProvider>
          size="xs"
          title={t('resumeTitle', { provider })}
          question={t('resumeText')}
          confirm={t('resume')}
          done={t('resumed', { channel: say('channel', channel) })}
          refresh={REFRESH}
          run={(reason, key) => api.post(`/v1/throttles/${channel}/resume`, { reason }, key)}
          onDone={({ note }) => {
            if (note !== null) notifications.show({ message: note, color: 'yellow' });
          }}
        >
          {t('resume')}
        </ReasonButton>
      )}
    </Group>
  );
}

function RateButton({ throttle: { channel, provider, ratePerS } }: ThrottleButtonsProps): ReactNode {
  const t = useTranslations('throttles');
  const say = useGlossary();
  const [typed, setTyped] = useState<number | string | null>(null);
  const rate = typed ?? ratePerS ?? '';
  const wanted = rate === '' ? null : Number(rate);
  const change = useAction({
    run: () => api.put<ThrottleList>(`/v1/throttles/${channel}`, { ratePerS: wanted }),
    done: t('changed'),
    refresh: REFRESH,
    onDone: () => setTyped(null),
  });
  return (
    <ConfirmButton
      size="xs"
      variant="default"
      action={change}
      title={t('setTitle', { channel: say('channel', channel), provider })}
      question={t('setText')}
      confirm={t('set')}
      incomplete={wanted !== null && !(wanted > 0)}
      aria-label={`${t('set')}: ${say('channel', channel)}`}
      fields={
        <NumberInput
          label={t('rate')}
          description={t('rateHint')}
          value={rate}
          onChange={setTyped}
          min={0}
          max={1_000_000}
          decimalScale={3}
          allowNegative={false}
        />
      }
    >
      {t('set')}
    </ConfirmButton>
  );
}
