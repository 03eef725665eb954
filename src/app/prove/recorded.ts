import type { CheckHits } from '../../db/queries/proof.ts';
import { recordedWaveRows } from '../../db/queries/recorded-groups.ts';
import type { Db } from '../../db/connect.ts';
import type { WaveRow } from '../../db/queries/waves.ts';

/** The checks of a wave that holds a recorded experiment: all of it is recorded, and nothing was sent. */
export async function recordedChecks(db: Db, wave: WaveRow): Promise<CheckHits[]> {
  const found = await recordedWaveRows(db, wave.waveNo);
  const off = found.entries === wave.audience ? [] : [`audience ${wave.audience}, recorded entries ${found.entries}`];
  const sent = [
    ...(found.messages > 0 ? [`${found.messages} messages`] : []),
    ...(found.ways > 0 ? [`${found.ways} ways`] : []),
    ...(found.liveEntries > 0 ? [`${found.liveEntries} entries of its own`] : []),
  ];
  return [
    { name: 'recorded_audience', hits: off.length, samples: off },
    { name: 'recorded_unsent', hits: sent.length, samples: sent },
  ];
}
