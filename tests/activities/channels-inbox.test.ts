import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStandIns } from '../../src/channels/stand-ins/index.ts';
import { anEmail, anEmailChannel, anIntent } from '../support/channels.ts';
import { runCli } from '../support/run-cli.ts';

const home = await mkdtemp(join(tmpdir(), 'recallwave-inbox-home-'));
const before = process.env['RECALLWAVE_HOME'];
beforeAll(() => void (process.env['RECALLWAVE_HOME'] = home));
afterAll(() => {
  if (before === undefined) delete process.env['RECALLWAVE_HOME'];
  else process.env['RECALLWAVE_HOME'] = before;
});
// The inbox is files: the command never connects.
const inbox = (...args: string[]) => runCli('postgres://nobody@127.0.0.1:1/none', 'inbox', ...args);

describe('recallwave inbox', () => {
  it('says what to do while nothing was sent', async () => {
    const { code, out } = await inbox('list');
    expect([code, out]).toEqual([0, expect.stringContaining('recallwave demo')]);
  });

  it('lists and shows what the stand-ins got', async () => {
    const folder = join(home, 'stand-ins');
    const standIns = await startStandIns({ host: '127.0.0.1', smtpPort: 0, httpPort: 0, folder });
    const mail = anEmail('li@example.net', { subject: '欢迎回来', text: '你好' });
    await anEmailChannel(standIns.smtpPort).send(mail, anIntent());
    await standIns.stop();
    const listed = await inbox('list', '--channel', 'email', '--to', 'li@', '--json');
    expect(listed.json()).toMatchObject({ messages: [{ deliveryId: mail.deliveryId, title: '欢迎回来' }] });
    const shown = await inbox('show', mail.deliveryId.slice(0, 8));
    expect(shown.out).toContain('你好');
    expect((await inbox('show', mail.deliveryId, '--as-source')).out).toContain('List-Unsubscribe-Post');
    expect((await inbox('list', '--channel', 'sms', '--json')).json()).toEqual({ messages: [] });
  });

  it('says where to look when there is no such message', async () => {
    const { code, err } = await inbox('show', 'ffffffff');
    expect([code, err]).toEqual([2, expect.stringContaining('recallwave inbox list')]);
  });
});
