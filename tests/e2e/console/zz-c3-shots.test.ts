import { afterAll, beforeAll, test } from 'vitest';
import { freshDatabase } from '/work/main/tests/support/database.ts';
import { startConsole, type RunningConsole } from '/work/main/tests/support/console/open-console.ts';
import { violations } from '/work/main/tests/support/console/axe.ts';
import { aLearningWorld } from '/work/main/tests/support/learning-world.ts';
import { proposeThresholds } from '/work/main/src/app/thresholds.ts';
import { insertProposal } from '/work/main/src/db/queries/proposals.ts';
import { results } from '/work/main/src/app/results.ts';
import { aSendableCampaign, aFullWave } from '/work/main/tests/support/sendable-wave.ts';
import { writeFileSync } from 'node:fs';

const { db } = await freshDatabase();
let running: RunningConsole;
let now = new Date();
let live = 0;
beforeAll(async () => {
  const world = await aLearningWorld(db, {
    segments: ['keen', 'calm'].map((segment) => ({
      segment, usersPerWeek: 400,
      goal: (band: number, treated: boolean) => (treated ? 0.1 + band * 0.03 : 0.12),
      unsubscribe: (treated: boolean) => treated ? 0.01 : 0,
    })),
  });
  await world.live(0); await world.live(1);
  now = world.learnAt(1);
  await results({ db, campaign: 'learn', asOf: world.learnAt(0), now: world.learnAt(0), by: null, actor: 'test' });
  await results({ db, campaign: 'learn', asOf: now, now, by: 'segment', actor: 'test' });
  const cycle = await proposeThresholds({ db, campaignId: 'learn', now, asOf: undefined, actor: 'test' } as never);
  const from = { lo: 0.5, hi: 1, treatByBand: null, armShares: { mail: 1 } };
  await insertProposal(db, { cycleNo: cycle.cycleNo, campaignId: 'learn', policySegment: '*', policyVersion: 1, proposal: {
    segment: 'keen', action: 'offer', kind: 'extend_lo', from, to: { ...from, lo: 5 / 12 }, delta: { value: 10000, low: 1000, high: 19000 },
    chance: 0.97, usersPerWeek: 12, costPerWeek: 3000, sentence: 'Treating scores from 0.417 too is worth 100 a week.' } });
  await aSendableCampaign(db, { campaign: 'winback' });
  const wave = await aFullWave(db, { campaignId: 'winback', users: 400, costMinor: 2 });
  live = wave.waveNo;
  await db('ways').insert(wave.messageNos.map(() => null).length === 0 ? [] : await db('messages').join('entries','entries.entry_no','messages.entry_no').where('messages.wave_no', live).select('messages.wave_no','messages.step','messages.user_no','entries.warning_no','messages.entry_no','messages.channel','messages.planned_at').then((rows: any[]) => rows.map((r) => ({ ...r, disposition: 'contacted' }))) ).catch((e: Error) => console.log('ways', e.message));
  await db('messages').whereIn('message_no', wave.messageNos.slice(0, 250)).update({ state: 'ACCEPTED', accepted_at: new Date() }).catch((e: Error) => console.log(e.message));
  await db('messages').whereIn('message_no', wave.messageNos.slice(250, 255)).update({ state: 'UNKNOWN', state_reason: 'timeout' }).catch((e: Error) => console.log(e.message));
  running = await startConsole(db, { now: () => now } as never);
}, 120_000);
afterAll(() => running.close());
test('shots', async () => {
  const out: string[] = [];
  const paths: [string, string][] = [['waves','/waves'],['wave',`/waves/${live}`],['wavelearn','/waves/2'],['users','/waves/2/users?step=1&disposition=blocked'],['messages',`/waves/${live}/messages?state=UNKNOWN`],['proof','/waves/2/proof'],['rehearsal','/waves/rehearsal?campaign=learn'],['results','/results/learn'],['resultsempty','/results/winback'],['thresholds','/thresholds/learn'],['retro','/retrospective?from=2026-01-01&to=2026-12-31&campaign=learn'],['retrowave','/retrospective?wave=1']];
  for (const [name, path] of paths) for (const v of [{ locale: 'en', scheme: 'light', width: 1280 }, { locale: 'zh-CN', scheme: 'dark', width: 375 }] as const) {
    const opened = await running.open('operator', { ...v, path });
    await opened.page.waitForTimeout(1500);
    if (name === 'rehearsal') { await opened.page.getByRole('button', { name: v.locale === 'en' ? 'Rehearse' : '预演', exact: true }).click(); await opened.page.waitForTimeout(2500); }
    await opened.page.screenshot({ path: `/tmp/c3-${name}-${v.locale}.png`, fullPage: true });
    const side = await opened.page.evaluate('document.documentElement.scrollWidth - innerWidth');
    out.push(`${name} ${v.locale}: side ${side}; ${opened.complaints.join(' | ')}; ${(await violations(opened.page)).join('\n    ')}`);
    await opened.context.close();
  }
  writeFileSync('/tmp/c3-shots.txt', out.join('\n'));
}, 300_000);
