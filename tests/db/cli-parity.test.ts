import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addPerson } from '../../src/app/people/people.ts';
import { freshDatabase } from '../support/database.ts';
import { runCli } from '../support/run-cli.ts';
import { aCampaign, aContactedUser, aUser, aWarning, aWave } from '../support/world.ts';

const { db, url } = await freshDatabase();
const folder = await mkdtemp(join(tmpdir(), 'recallwave-cli-parity-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const as =
  (name: string) =>
  (...args: string[]) =>
    runCli(url, ...args, '--as', name);
const run = as('ana');

describe('recallwave person', () => {
  test('invites, resets, disables and names the nearest login', async () => {
    await addPerson({ db, login: 'root', name: 'Root', password: 'a horse, a battery', role: 'admin', actor: 'test' });
    await addPerson({
      db,
      login: 'maria',
      name: 'Maria',
      password: 'a horse, a battery',
      role: 'viewer',
      actor: 'test',
    });
    const invited = await run('person', 'invite', '--role', 'operator', '--json');
    expect(invited.json()).toMatchObject({
      url: expect.stringContaining('/invitation/'),
      invitation: { role: 'operator', personNo: null, actor: 'cli:ana' },
    });
    const { invitation } = invited.json() as { invitation: { invitationNo: number } };
    expect((await run('person', 'invitations')).out).toContain('new account');
    expect((await run('person', 'withdraw', String(invitation.invitationNo))).out).toContain('is withdrawn');
    expect((await run('person', 'reset-password', 'maria')).out).toMatch(/^http.*\/invitation\/\S+\n$/);
    expect((await run('person', 'change', 'maria', '--role', 'marketer')).out).toMatch(/maria +Maria +marketer/);
    expect((await run('person', 'disable', 'maria')).out).toContain('disabled');
    expect((await run('person', 'enable', 'maria')).out).toContain('active');
    expect((await run('person', 'log-out', 'maria', '--json')).json()).toEqual({ ended: 0 });
    expect((await run('person', 'list', '--json')).json()).toMatchObject({
      people: [{ login: 'maria' }, { login: 'root' }],
    });
  });

  test('keeps the last admin, and helps with a login that is not there', async () => {
    const last = await run('person', 'disable', 'root');
    expect([last.code, last.err]).toEqual([2, expect.stringContaining('root is the last admin')]);
    expect((await run('person', 'disable', 'mario')).err).toContain('did you mean maria?');
  });
});

describe('recallwave draft', () => {
  test('begins, saves, lints, plans, rehearses and is published after somebody else approved it', async () => {
    expect((await run('draft', 'list')).out).toContain('recallwave draft begin');
    const begun = await run('draft', 'begin', 'spring', '--json');
    expect(begun.json()).toMatchObject({ campaignId: 'spring', revision: 1, author: 'cli:ana', approval: null });
    const file = join(folder, 'campaign.yaml');
    const { source, files } = begun.json() as { source: string; files: Record<string, string> };
    await writeFile(file, `${source}\npriority: 7\n`);
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    expect((await run('draft', 'save', file)).out).toContain('saved as revision 2');
    const stale = await run('draft', 'save', file, '--over', '1');
    expect([stale.code, stale.err]).toEqual([2, expect.stringContaining('cli:ana saved revision 2 meanwhile')]);
    expect((await run('draft', 'lint', 'spring')).out).toMatch(/error/);
    expect((await run('draft', 'plan', 'spring', '--json')).json()).toMatchObject({ disposition: 'new' });
    expect((await run('draft', 'rehearse', 'spring', '--json')).json()).toMatchObject({
      campaignId: 'spring',
      version: 1,
    });
    const early = await run('draft', 'publish', 'spring');
    expect([early.code, early.err]).toEqual([2, expect.stringContaining('no approval stands')]);
    const own = await run('draft', 'approve', 'spring', '--max-audience', '100');
    expect([own.code, own.err]).toEqual([2, expect.stringContaining('you are the author of this draft')]);
    expect((await as('bo')('draft', 'approve', 'spring', '--max-audience', '100')).out).toContain('up to 100 users');
    expect((await run('draft', 'list')).out).toContain('cli:bo, up to 100 users');
    expect((await as('bo')('draft', 'withdraw', 'spring', '--json')).json()).toEqual({
      campaignId: 'spring',
      changed: true,
    });
    await as('bo')('draft', 'approve', 'spring', '--max-audience', '100');
    expect((await run('draft', 'publish', 'spring', '--json')).json()).toMatchObject({ version: 1, maxAudience: 100 });
    expect((await run('draft', 'show', 'spring')).out).toContain('has no draft; version 1 is in force');
    expect((await run('draft', 'publish', 'spring')).err).toContain('has no draft');
  });

  test('discards a draft only as it was seen', async () => {
    const { revision } = (await run('draft', 'begin', 'autumn', '--json')).json() as { revision: number };
    const [other, same] = [String(revision + 7), String(revision)];
    const stale = await run('draft', 'discard', 'autumn', '--revision', other);
    expect([stale.code, stale.err]).toEqual([2, expect.stringContaining(`saved revision ${revision} meanwhile`)]);
    expect((await run('draft', 'discard', 'autumn', '--revision', same)).out).toContain('is discarded');
    expect((await run('draft', 'show', 'autumn')).code).toBe(2);
    expect((await run('playbook', 'list')).out).toContain('playbook');
  });
});

describe('recallwave webhook', () => {
  test('adds, pauses, rotates and removes; refuses an address outside while nothing leaves the machine', async () => {
    expect((await run('webhook', 'list')).out).toContain('recallwave webhook add');
    const outside = await run('webhook', 'add', 'https://example.com/hook');
    expect([outside.code, outside.err]).toEqual([2, expect.stringContaining('RECALLWAVE_LIVE')]);
    const made = (
      await run('webhook', 'add', 'http://127.0.0.1:9/hook', '--event', 'task.created', '--json')
    ).json() as {
      secret: string;
      webhook: { webhookNo: number };
    };
    expect(made).toMatchObject({ secret: expect.stringMatching(/^whsec_/), webhook: { events: ['task.created'] } });
    const no = String(made.webhook.webhookNo);
    expect((await run('webhook', 'pause', no)).out).toContain('paused');
    expect((await run('webhook', 'resume', no)).out).toContain('active');
    expect((await run('webhook', 'rotate', no)).out).toMatch(/^whsec_/);
    const tried = await run('webhook', 'test', no);
    expect([tried.code, tried.out]).toEqual([1, expect.stringContaining('not taken')]);
    expect((await run('webhook', 'deliveries', no)).out).toContain('told nothing yet');
    expect((await run('webhook', 'retry', no, '--json')).json()).toEqual({ webhookNo: 1, again: 0 });
    expect((await run('webhook', 'remove', no)).out).toContain('is removed');
    expect((await run('webhook', 'remove', no)).code).toBe(2);
    expect((await run('webhook', 'add', 'http://127.0.0.1:9/', '--event', 'task.eaten')).err).toContain('task.created');
  });
});

describe('what the console shows of campaigns, waves and users', () => {
  let waveNo = 0;
  beforeAll(async () => {
    await aCampaign(db);
    waveNo = await aWave(db, { state: 'done' });
    await aContactedUser(db, { waveNo, state: 'ACCEPTED', user: { userId: 'cleo' } });
    await aWarning(db, { userNo: await aUser(db, { userId: 'dora' }) });
  });

  test('a wave’s returns, users, messages and retrospective', async () => {
    expect((await run('wave', 'returns', 'winback', '--json')).json()).toMatchObject({ waveNo, contacted: 1 });
    expect((await run('wave', 'users', 'winback')).out).toMatch(/cleo +1 +contacted/);
    expect((await run('wave', 'users', 'winback', '--disposition', 'blocked')).out).toContain('nobody fits');
    expect((await run('wave', 'messages', 'winback', '--state', 'ACCEPTED')).out).toContain('cleo');
    expect((await run('retrospective', 'winback')).out).toContain('winback, 2026-05-20: 1 waves');
    expect((await run('retrospective', '--from', '2026-05-01')).err).toContain('--from and --to');
    const done = await run('wave', 'approve', 'winback', '--reason', 'fine');
    expect([done.code, done.err]).toEqual([2, expect.stringContaining('does not wait for approval')]);
  });

  test('a campaign’s audience, changes, goals and differences, and its end', async () => {
    expect((await run('campaign', 'audience', 'winback', '--json')).json()).toMatchObject({
      campaignId: 'winback',
      version: 1,
    });
    expect((await run('campaign', 'audience', 'winback', '--users')).out).toContain('nobody is meant now');
    expect((await run('campaign', 'goals', 'winback')).code).toBe(0);
    expect((await run('campaign', 'changes', 'winback', '--json')).json()).toMatchObject({ campaignId: 'winback' });
    expect((await run('campaign', 'diff', 'winback', '--from', '1', '--to', '1')).out).toBe('nothing differs\n');
    expect((await run('campaign', 'diff', 'winback', '--from', '1', '--to', '9')).err).toContain('has no version 9');
    expect((await run('results', 'winback', '--over-time')).out).toContain('no read is kept');
    expect((await run('text', 'list', '--campaign', 'winback', '--json')).json()).toHaveProperty('texts');
    expect((await run('campaign', 'archive', 'winback', '--reason', 'over')).out).toContain('winback is archived');
  });

  test('users, their contacts, and the log of imports', async () => {
    expect((await run('user', 'list', '--query', 'cle')).out).toContain('cleo');
    expect((await run('user', 'contacts', 'cleo')).out).toMatch(/winback\/2026-05-20\), step 1: \S+/);
    expect((await run('import', 'log')).out).toContain('recallwave import users');
    const file = join(folder, 'users.csv');
    await writeFile(file, 'user_id,email\nevi,evi@example.test\n,nobody@example.test\n');
    await run('import', 'users', file);
    expect((await run('import', 'log', '--kind', 'users')).out).toMatch(/users +.*users\.csv +1 +1/);
    expect((await run('import', 'rejects', '1')).err).toContain('not on this server');
    expect(await readFile(`${file}.rejects.csv`, 'utf8')).toContain('nobody');
  });

  test('status says what waits, and health what does not answer', async () => {
    const { out } = await run('status');
    expect(out).toContain('Temporal does not answer');
    const health = await run('status', '--health');
    expect([health.code, health.out]).toEqual([1, expect.stringMatching(/database +yes/)]);
  });

  test('a settings file is checked without being put in force', async () => {
    const file = join(folder, 'settings.yaml');
    await writeFile(file, 'capz: 1\n');
    const checked = await run('settings', 'check', file);
    expect([checked.code, checked.out]).toEqual([1, expect.stringContaining('capz')]);
    expect((await run('settings', 'check', join(folder, 'none.yaml'))).code).toBe(2);
  });
});
