import type { ReactNode } from 'react';
import { notifications } from '@mantine/notifications';
import { useFormatter, useTranslations } from 'use-intl';
import type { WaveChange, WaveSummary } from '../../../api/v1/schemas/waves.ts';
import type { WaveState } from '../../../domain/words.ts';
import { api } from '../../app/api-client.ts';
import { useMay } from '../../app/viewer.tsx';
import { ReasonButton } from '../../parts/reason-button.tsx';

type Verb = 'approve' | 'pause' | 'resume' | 'abort';

/** What may be done in which state; the API refuses the rest. */
const VERBS: Partial<Record<WaveState, readonly Verb[]>> = {
  planning: ['pause', 'abort'],
  sending: ['pause', 'abort'],
  following_up: ['pause', 'abort'],
  paused: ['resume', 'abort'],
  halted: ['resume', 'abort'],
  waiting_approval: ['approve'],
};
const DONE = { approve: 'approved', pause: 'paused', resume: 'resumed', abort: 'aborted' } as const;

/** Buttons that change a wave, each with a question and a reason; nothing for those who may not. */
export function WaveActions({ wave }: { wave: WaveSummary }): ReactNode {
  const may = useMay('operator');
  if (!may) return null;
  return (VERBS[wave.state] ?? []).map((verb) => <WaveButton key={verb} wave={wave} verb={verb} />);
}

function WaveButton({ wave, verb }: { wave: WaveSummary; verb: Verb }): ReactNode {
  const t = useTranslations('waves');
  const format = useFormatter();
  return (
    <ReasonButton
      title={t(`${verb}Title`)}
      question={t(`${verb}Text`, { audience: format.number(wave.audience) })}
      confirm={t(verb)}
      done={t(DONE[verb])}
      refresh={['/v1/waves', '/v1/home']}
      run={(reason, key) => api.post<Partial<WaveChange>>(`/v1/waves/${wave.waveNo}/${verb}`, { reason }, key)}
      onDone={({ workflow }) => {
        if (workflow === 'unreachable') notifications.show({ message: t('workflowAway'), color: 'yellow' });
      }}
      variant={verb === 'abort' ? 'light' : 'filled'}
      {...(verb === 'abort' && { color: 'red' })}
    >
      {t(verb)}
    </ReasonButton>
  );
}
