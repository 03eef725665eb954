import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { WaveSummary } from '../../../api/v1/schemas/waves.ts';
import { CountAlone, CountLink } from '../../parts/count-link.tsx';

/** How many users a wave looked at, with the way to them; of a recorded experiment there are entries only. */
export function WaveAudience({ wave }: { wave: Pick<WaveSummary, 'waveNo' | 'audience' | 'trigger'> }): ReactNode {
  const t = useTranslations('waves');
  const { waveNo, audience, trigger } = wave;
  if (trigger === 'recorded') return <CountAlone value={audience} why={t('recordedAbout')} />;
  return <CountLink value={audience} to={`/waves/${waveNo}/users`} search={{ step: 1 }} />;
}
