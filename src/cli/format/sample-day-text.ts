import type { SampleDay, SampleWave } from '../sample-day.ts';
import { proofText } from './proof-text.ts';
import { waveText } from './wave-text.ts';

/** Each wave of the sample day with its waterfall, arms and proof. */
export function sampleDayText(day: SampleDay): string {
  return day.waves.map(sampleWaveText).join('\n\n');
}

function sampleWaveText({ campaignId, run, report, proof }: SampleWave): string {
  const title = `━━━ ${campaignId} ${'━'.repeat(Math.max(3, 70 - campaignId.length))}`;
  if (report === null || proof === null) return `${title}\n\nno wave: ${run.campaign.reason ?? run.outcome}`;
  return `${title}\n\n${waveText(report)}\n\n${proofText(proof, { brief: true })}`;
}
