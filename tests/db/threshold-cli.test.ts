import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { aLearningWorld, type LearningWorld } from '../support/learning-world.ts';
import { runCli } from '../support/run-cli.ts';

const { db, url } = await freshDatabase();
const folder = await mkdtemp(join(tmpdir(), 'recallwave-threshold-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (...args: string[]) => runCli(url, ...args, '--as', 'ana');
let world: LearningWorld;

beforeAll(async () => {
  world = await aLearningWorld(db, {
    segments: [
      { segment: 'shopper', usersPerWeek: 4800, goal: (_, t) => (t ? 0.6 : 0.1), unsubscribe: () => 0 },
      { segment: 'reader', usersPerWeek: 4800, goal: () => 0.1, unsubscribe: () => 0 },
    ],
  });
});

describe('recallwave threshold', () => {
  it('says before the first cycle what is in force and how to learn', async () => {
    const { code, out } = await run('threshold', 'show', 'learn');
    expect(code).toBe(0);
    expect(out).toContain('no learning cycle has run');
    expect(out).toMatch(/\* +offer +v1 +\[0\.5, 1\]/);
  });

  it('proposes nothing, and says why, while nobody has entered', async () => {
    const { code, out } = await run('threshold', 'propose', 'learn', '--as-of', world.waveAt(0).toISOString());
    expect([code, out]).toEqual([0, expect.stringContaining('nobody has entered the campaign yet')]);
  });

  it('proposes with the change, its worth and what it takes, or why not', async () => {
    await world.live(0);
    const { out, code } = await run('threshold', 'propose', 'learn', '--as-of', world.learnAt(0).toISOString());
    expect(code).toBe(0);
    expect(out).toMatch(/shopper +offer +treat lower scores too +\[0\.5, 1\] → \[0\.417, 1\]/);
    expect(out).toMatch(/\+\d+\.\d\d USD a week \(.* to .*\), (9\d\.\d|over 99\.9) % sure/);
    expect(out).not.toMatch(/undefined|NaN|null/);
    const { proposals } = (await run('threshold', 'show', 'learn', '--json')).json() as {
      proposals: { segment: string; proposedBy: string }[];
    };
    expect(proposals.find((one) => one.segment === 'shopper')?.proposedBy).toBe('cli:ana');
  });

  it('never learns backwards, nor from what has not happened yet', async () => {
    const back = await run('threshold', 'propose', 'learn', '--as-of', world.waveAt(0).toISOString());
    expect([back.code, back.err]).toEqual([2, expect.stringMatching(/cycle 2 of learn knew more[^]*fix: /)]);
    const ahead = await run('threshold', 'propose', 'learn', '--as-of', '2999-01-01T00:00:00Z');
    expect([ahead.code, ahead.err]).toEqual([2, expect.stringMatching(/has not come yet[^]*fix: /)]);
  });

  it('shows value by band with intervals, open proposals, and a page', async () => {
    const html = join(folder, 'thresholds.html');
    const { out, code } = await run('threshold', 'show', 'learn', '--html', html);
    expect(code).toBe(0);
    expect(out).toContain('offer, segment shopper');
    expect(out).toMatch(/\[0\.5, 0\.583\) +treated/);
    expect(out).toContain('Open proposals');
    expect(out).not.toMatch(/undefined|NaN|null/);
    expect(await readFile(html, 'utf8')).toMatch(/^<!doctype html>/i);
    expect((await run('threshold', 'show', 'learn', '--html', html, '--language', 'zh-CN')).code).toBe(0);
    const chinese = await readFile(html, 'utf8');
    expect(chinese).toContain('lang="zh-CN"');
    expect(chinese.replaceAll(/<style[^]*?<\/style>|<[^>]+>/g, ' ')).not.toMatch(
      /instead of scores|entries there|a gain with/,
    );
    const nowhere = await run('threshold', 'show', 'learn', '--html', join(folder, 'none', 'page.html'));
    expect(nowhere).toMatchObject({ code: 2 });
    expect(nowhere.err).toContain("can't be written (ENOENT)");
  });

  it('applies a proposal, says what the next wave uses, and takes it back', async () => {
    const proposalNo = await openOf('shopper');
    const applied = await run('threshold', 'apply', String(proposalNo));
    expect(applied.out).toMatch(/the next wave of learn treats \[0\.417, 1\] in segment shopper.*policy version 1/);
    const again = await run('threshold', 'apply', String(proposalNo));
    expect([again.code, again.err]).toEqual([
      2,
      expect.stringMatching(/error: proposal .* is decided on[^]*fix: .*revert/),
    ]);
    const reverted = await run('threshold', 'revert', String(proposalNo), '--reason', 'too many');
    expect(reverted.out).toMatch(/treats \[0\.5, 1\] in segment shopper.*policy version 2/);
    expect((await run('threshold', 'show', 'learn')).out).toMatch(/shopper +offer +v2 +\[0\.5, 1\].*cli:ana/);
  });

  it('rejects a proposal', async () => {
    const proposalNo = await openOf('reader');
    const { out } = await run('threshold', 'reject', String(proposalNo), '--reason', 'no');
    expect(out).toContain('stays as it is');
    expect((await run('threshold', 'reject', '4711', '--reason', 'no')).err).toContain('there is no proposal 4711');
  });

  it('has the whole history, of a segment or all', async () => {
    const all = await run('threshold', 'history', 'learn');
    expect(all.out).toMatch(/reverted[^]*rejected|rejected[^]*reverted/);
    const { proposals, policies } = (
      await run('threshold', 'history', 'learn', '--segment', 'reader', '--json')
    ).json() as {
      proposals: { segment: string; state: string }[];
      policies: { segment: string }[];
    };
    expect(proposals).toMatchObject([{ segment: 'reader', state: 'rejected' }]);
    expect(policies.map((one) => one.segment)).toEqual(['*']);
  });

  it('freezes, thaws and switches a segment or the campaign', async () => {
    const frozen = await run('threshold', 'freeze', 'learn', '--segment', 'shopper', '--reason', 'sale week');
    expect(frozen.out).toContain('learn, segment shopper: mode suggest, frozen by hand');
    expect((await run('threshold', 'show', 'learn')).out).toMatch(/shopper .*cli:ana: sale week/);
    expect((await run('threshold', 'unfreeze', 'learn', '--reason', 'over')).out).toContain('not frozen by hand');
    const mode = (await run('threshold', 'mode', 'learn', 'auto', '--segment', 'reader', '--json')).json();
    expect(mode).toEqual({ campaignId: 'learn', segment: 'reader', mode: 'auto', frozen: false, changed: true });
    expect((await run('threshold', 'mode', 'learn', 'sometimes')).code).toBe(2);
  });

  it('names the nearest segment, and the campaigns that there are', async () => {
    expect((await run('threshold', 'freeze', 'learn', '--segment', 'shoper', '--reason', 'x')).err).toContain(
      'fix: did you mean shopper?',
    );
    expect((await run('threshold', 'show', 'lern')).err).toMatch(/there is no campaign "lern"[^]*learn/);
  });
});

async function openOf(segment: string): Promise<number> {
  const { open } = (await run('threshold', 'show', 'learn', '--json')).json() as {
    open: { proposalNo: number; segment: string }[];
  };
  const found = open.find((one) => one.segment === segment);
  if (found === undefined) throw new Error(`no open proposal of ${segment}`);
  return found.proposalNo;
}
