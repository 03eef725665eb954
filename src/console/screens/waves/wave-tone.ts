import type { WaveState } from '../../../domain/words.ts';
import type { Tone } from '../../parts/status-badge.tsx';

/** What the state of a wave means at a glance. */
export const WAVE_TONE: Record<WaveState, Tone> = {
  planning: 'running',
  sending: 'running',
  following_up: 'running',
  paused: 'waiting',
  waiting_approval: 'waiting',
  halted: 'bad',
  failed: 'bad',
  aborted: 'quiet',
  skipped: 'quiet',
  done: 'good',
};

/** States in which messages may still go out or wait to. */
export const UNDER_WAY: readonly WaveState[] = ['planning', 'sending', 'following_up', 'paused', 'halted'];
