import type { ReactNode } from 'react';
import type { WaveState as State } from '../../../domain/words.ts';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';
import { WAVE_TONE } from './wave-tone.ts';

/** The state of a wave in words on its colour. */
export function WaveState({ state }: { state: State }): ReactNode {
  const say = useGlossary();
  return <StatusBadge tone={WAVE_TONE[state]}>{say('waveState', state)}</StatusBadge>;
}
