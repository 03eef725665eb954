import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { runCli } from '../support/run-cli.ts';
import {
  aCampaign,
  aContactedUser,
  aCouponCode,
  anEntry,
  aUser,
  aWarning,
  aWave,
  aWay,
  NOON,
} from '../support/world.ts';

const { db, url } = await freshDatabase();
const run = (...args: string[]) => runCli(url, ...args);

let waveNo = 0;
let messageNo = 0;

describe('with nothing there yet every listing says what to do next', () => {
  test.each([
    ['wave list', 'recallwave wave rehearse'],
    ['task list', 'channel `task`'],
    ['coupon pools', 'recallwave import coupons'],
    ['suppress list', 'recallwave suppress add'],
    ['kill status', 'recallwave kill engage'],
    ['audit list', 'leave away an option'],
  ])('%s', async (command, next) => {
    const { code, out } = await run(...command.split(' '));
    expect(code).toBe(0);
    expect(out).toContain(next);
  });
});

describe('with a wave', () => {
  beforeAll(async () => {
    await aCampaign(db);
    waveNo = await aWave(db, { state: 'done' });
    const sent = await aContactedUser(db, { waveNo, state: 'ACCEPTED', user: { userId: 'ana' }, costMinor: 25 });
    messageNo = sent.messageNo;
    await db('campaign_budgets').update({ reserved_minor: 25 });
    await db('waves').update({ reserved_minor: 25 });
    const held = await aUser(db, { userId: 'bo' });
    const warningNo = await aWarning(db, { userNo: held });
    const entryNo = await anEntry(db, { userNo: held, warningNo, waveNo, assignment: 'holdout' });
    await aWay(db, { waveNo, userNo: held, warningNo, entryNo, disposition: 'held_out', reason: 'holdout' });
    const low = await aUser(db, { userId: 'cy' });
    const weak = await aWarning(db, { userNo: low, score: 0.1 });
    await aWay(db, {
      waveNo,
      userNo: low,
      warningNo: weak,
      disposition: 'blocked',
      rung: 'score',
      reason: 'below_threshold',
    });
    await db('tasks').insert({
      message_no: messageNo,
      user_no: sent.userNo,
      campaign_id: 'winback',
      kind: 'account_manager',
      title: 'Call Ana',
      body: 'She is about to leave.',
    });
  });

  test('wave show draws the waterfall, the arms and the channels', async () => {
    const { out } = await run('wave', 'show', 'winback/2026-05-20');
    expect(out).toMatch(/audience\s+3\s+█+/);
    expect(out).toMatch(/score: below_threshold\s+−1/);
    expect(out).toMatch(/assignment: holdout\s+−1/);
    expect(out).toMatch(/to be contacted\s+1\s+█/);
    expect(out).toMatch(/offer\s+mail\s+1\s+1\s+0\s+1\s+1/);
    expect(out).toContain('reserved: 0.25 USD');
    expect(out).toContain(`recallwave prove ${waveNo}`);
  });

  test('wave show --json has the stable shape that docs/cli.md documents', async () => {
    const report: Record<string, unknown> = (await run('wave', 'show', String(waveNo), '--json')).json();
    expect(Object.keys(report)).toEqual([
      'wave',
      'currency',
      'killed',
      'recorded',
      'steps',
      'coupons',
      'cost',
      'forecast',
    ]);
    expect(report.wave).toMatchObject({ waveNo, campaignId: 'winback', localDate: '2026-05-20', state: 'done' });
  });

  test('a wave may be named by number, campaign/date, or campaign; an unknown one is answered with the latest', async () => {
    for (const name of [String(waveNo), 'winback/2026-05-20', 'winback']) {
      expect((await run('wave', 'status', name, '--json')).json()).toMatchObject({ wave: { waveNo } });
    }
    const unknown = await run('wave', 'show', '4711');
    expect(unknown).toMatchObject({ code: 2, out: '' });
    expect(unknown.err).toContain(`the latest: ${waveNo} (winback/2026-05-20)`);
  });

  test('why, receipt and user show tell of one user', async () => {
    expect((await run('why', 'cy')).out).toContain('not contacted: score 0.10 is below the threshold 0.50');
    expect((await run('receipt', String(messageNo))).out).toMatch(/propensities\s+global holdout 0, holdout 0.1/);
    expect((await run('user', 'show', 'ana')).out).toContain(`${waveNo}     winback`);
  });

  test('prove exits 0 on a wave that adds up and 1, naming the difference, when it does not', async () => {
    const good = await run('prove', 'winback');
    expect(good.code).toBe(0);
    expect(good.out).toContain('PROVED');
    const folder = await mkdtemp(join(tmpdir(), 'recallwave-prove-'));
    await writeFile(join(folder, 'acceptances.jsonl'), '');
    const bad = await run('prove', 'winback', '--standins', folder, '--json');
    expect(bad.code).toBe(1);
    const report: { proved: boolean; checks: { name: string; ok: boolean; samples: string[] }[] } = bad.json();
    expect(report.checks.filter((check) => !check.ok)).toMatchObject([
      { name: 'accepted_not_once', samples: [`message ${messageNo}: 0 acceptances`] },
    ]);
    expect((await run('prove', 'winback', '--standins', '/nowhere')).code).toBe(2);
  });

  test('the kill switch is engaged once, shown, and released, each change with its actor', async () => {
    await run('kill', 'engage', '--reason', 'wrong link', '--as', 'ana');
    const again: { changed: boolean } = (await run('kill', 'engage', '--reason', 'again', '--json')).json();
    expect(again.changed).toBe(false);
    expect(
      (await run('kill', 'engage', '--campaign', 'winback', '--reason', 'this one', '--json')).json(),
    ).toMatchObject({
      changed: true,
      inForce: [{ campaignId: null, reason: 'wrong link', engagedBy: 'cli:ana' }, { campaignId: 'winback' }],
    });
    expect((await run('wave', 'show', 'winback')).out).toContain('kill switch engaged: wrong link');
    await run('kill', 'release', '--reason', 'mended');
    expect(
      (await run('kill', 'release', '--campaign', 'winback', '--reason', 'mended', '--json')).json(),
    ).toMatchObject({
      changed: true,
      inForce: [],
    });
    const audit: { entries: { actor: string; action: string }[] } = (
      await run('audit', 'list', '--action', 'kill.', '--json')
    ).json();
    expect(audit.entries.map((entry) => entry.action)).toEqual([
      'kill.release',
      'kill.release',
      'kill.engage',
      'kill.engage',
    ]);
    expect(audit.entries.at(-1)?.actor).toBe('cli:ana');
    expect((await run('kill', 'engage', '--campaign', 'winbak', '--reason', 'x')).err).toContain('there are: winback');
  });

  test('a task is claimed, done, and not claimed again', async () => {
    expect((await run('task', 'claim', '1', '--for', 'eve', '--json')).json()).toMatchObject({
      state: 'claimed',
      assignee: 'eve',
    });
    const other = await run('task', 'claim', '1', '--for', 'zoe');
    expect(other).toMatchObject({ code: 2 });
    expect(other.err).toContain('task 1 is claimed by eve');
    expect((await run('task', 'done', '1', '--note', 'called', '--json')).json()).toMatchObject({
      state: 'done',
      note: 'called',
    });
    expect((await run('task', 'list')).out).toContain('no task fits');
  });

  test('a user is suppressed with his addresses, seen, and lifted', async () => {
    expect((await run('suppress', 'add', 'ana', '--reason', 'asked by phone', '--json')).json()).toMatchObject({
      changed: true,
    });
    expect((await run('suppress', 'add', 'ana', '--reason', 'again', '--json')).json()).toMatchObject({
      changed: false,
    });
    expect(await db('suppressions').whereNull('lifted_at').pluck('address')).toEqual([null, 'ana@example.test']);
    expect((await run('suppress', 'lift', 'ana', '--reason', 'asked back', '--json')).json()).toMatchObject({
      lifted: 2,
    });
    expect((await run('suppress', 'lift', 'ana', '--reason', 'again')).code).toBe(2);
    expect((await run('suppress', 'add', 'x@', '--address', '--reason', 'typo')).err).toContain('address "x@"');
    const audit = JSON.stringify(await db('audit_log').where('action', 'like', 'suppression.%'));
    expect(audit).not.toContain('ana@example.test');
  });

  test('a throttle is set, shown and taken away', async () => {
    expect((await run('throttle', 'set', 'email', '12.5', '--json')).json()).toMatchObject({
      throttles: expect.arrayContaining([
        expect.objectContaining({ channel: 'email', ratePerS: 12.5, from: 'throttle' }),
      ]),
    });
    expect((await run('throttle', 'set', 'email', 'none')).out).toMatch(/email\s+smtp\s+no limit/);
    expect((await run('throttle', 'set', 'fax', '1')).err).toContain('name one of email (smtp)');
    expect((await run('throttle', 'set', 'email', '0')).code).toBe(2);
  });

  test('codes are redeemed once, released only when no message holds them, and test codes stay apart', async () => {
    const { user_no: userNo } = await db('users').where({ user_id: 'ana' }).first('user_no');
    const held = await aCouponCode(db, { code: 'HELD', state: 'reserved', campaignId: 'winback', userNo });
    await db('messages').where({ message_no: messageNo }).update({ code_no: held });
    expect((await run('coupon', 'release', 'HELD', '--reason', 'x')).err).toContain(
      `message ${messageNo} (ACCEPTED) holds it`,
    );
    expect((await run('coupon', 'redeem', 'HELD', '--at', NOON.toISOString(), '--json')).json()).toMatchObject({
      changed: true,
      userId: 'ana',
    });
    expect((await run('coupon', 'redeem', 'HELD', '--json')).json()).toMatchObject({
      changed: false,
      redeemedAt: NOON.toISOString(),
    });
    await aCouponCode(db, { code: 'FREE' });
    expect((await run('coupon', 'redeem', 'FREE')).err).toContain('nobody was given it');
    const made: { code: string } = (await run('coupon', 'test-code', 'big', '--json')).json();
    expect(made.code).toMatch(/^TEST-/);
    expect((await run('coupon', 'pools', '--json')).json()).toMatchObject({
      pools: [{ pool: 'big', free: 1, redeemed: 1, test: 1 }],
    });
    expect((await run('coupon', 'create-pool', 'own', '--prefix', 'HI-')).code).toBe(0);
    expect((await run('coupon', 'create-pool', 'big')).code).toBe(2);
  });

  test('wave rehearse says what a wave would do', async () => {
    const { code, out } = await run('wave', 'rehearse', 'winback', '--at', '2026-05-21T12:00:00Z');
    expect(code).toBe(0);
    expect(out).toContain('rehearsal of winback version 1 for 2026-05-21');
    expect((await run('wave', 'rehearse', 'winback', '--at', 'tomorrow')).code).toBe(2);
  });

  test.each(['2026-02-30', 'tomorrow'])('wave run --date %s is refused before anything starts', async (date) => {
    const { code, err } = await run('wave', 'run', 'winback', '--date', date);
    expect(code).toBe(2);
    expect(err).toContain('write a date of the calendar as YYYY-MM-DD');
  });

  test('a filter that no longer fits the attributes is named with its campaign and key', async () => {
    await aCampaign(db, { campaign: 'stale', audience: { filter: 'level > 3' } });
    await db('attributes').insert({ name: 'level', type: 'string' });
    const { code, err } = await run('wave', 'rehearse', 'stale');
    expect(code).toBe(2);
    expect(err).toContain('stale version 1, audience.filter: ');
  });
});
