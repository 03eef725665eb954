import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFolder, runCli, startCli } from '../support/recallwave.ts';

const cwd = await openFolder();

interface DemoResult {
  home: string;
  imports: { kind: string; accepted: number; rejected: number }[];
  waves: {
    campaignId: string;
    report: { wave: { waveNo: number; audience: number }; steps: { channels: { accepted: number }[] }[] };
    proof: { proved: boolean };
  }[];
}

test('the demo imports, rehearses, sends every shipped campaign through its Schedule and proves each wave', async () => {
  const { code, stdout, stderr } = await runCli(['demo', '--users', '400', '--json'], { cwd });
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const demo = JSON.parse(stdout) as DemoResult;
  expect(demo.imports.find((one) => one.kind === 'users')).toMatchObject({ rejected: expect.any(Number) });
  expect(demo.waves.length).toBeGreaterThanOrEqual(4);
  expect(demo.waves.map((wave) => wave.proof.proved)).not.toContain(false);
  const sent = demo.waves.flatMap((wave) => wave.report.steps.flatMap((step) => step.channels));
  expect(sent.reduce((sum, channel) => sum + channel.accepted, 0)).toBeGreaterThan(20);

  const first = demo.waves[0];
  const env = { RECALLWAVE_HOME: demo.home };
  const proof = await runCli(['prove', String(first?.report.wave.waveNo), '--json'], { cwd, env });
  expect(proof.code).toBe(0);
  expect(JSON.parse(proof.stdout)).toMatchObject({ proved: true });
  const log = await readFile(join(demo.home, 'recallwave.log'), 'utf8');
  expect(log).not.toMatch(/@example|user_id/);
}, 180_000);

test('a start keeps its data, refuses a second one, lets commands in, and ends cleanly on Ctrl-C', async () => {
  const start = startCli(['start', '--empty'], { cwd });
  await start.until('Running; Ctrl-C ends it.');
  const home = join(cwd, '.recallwave', 'data');
  const { apiUrl } = JSON.parse(await readFile(join(home, 'run.json'), 'utf8')) as { apiUrl: string };
  expect(await (await fetch(`${apiUrl}/health`)).json()).toMatchObject({ status: 'ok' });
  expect(await (await fetch(`${apiUrl}/metrics`)).text()).toContain('recallwave_waves{state="sending"} 0');

  const second = await runCli(['start'], { cwd });
  expect(second.code).toBe(2);
  expect(second.stderr).toContain('already runs on');
  const list = await runCli(['schedule', 'list', '--json'], { cwd });
  expect(list).toMatchObject({ code: 0 });

  start.child.kill('SIGINT');
  const ended = await start.ended;
  expect(ended.code).toBe(0);
  expect(ended.stderr).toContain(`data are kept in ${home}`);
  expect(existsSync(join(home, 'run.json'))).toBe(false);
  await expect(fetch(`${apiUrl}/health`)).rejects.toThrow('fetch failed');
}, 120_000);

test('a start takes over what a killed one left behind', async () => {
  const killed = startCli(['start', '--empty'], { cwd });
  await killed.until('Running; Ctrl-C ends it.');
  killed.child.kill('SIGKILL');
  await killed.ended;
  const again = startCli(['start', '--empty'], { cwd });
  await again.until('Running; Ctrl-C ends it.');
  again.child.kill('SIGTERM');
  expect((await again.ended).code).toBe(0);
}, 120_000);
