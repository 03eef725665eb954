import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { previewMessage } from '../../src/app/campaigns/preview.ts';
import { checkRecipients, readSeedList } from '../../src/app/campaigns/test-recipients.ts';
import { testSend } from '../../src/app/campaigns/test-send.ts';
import { viewOptOut } from '../../src/app/unsubscribe.ts';
import { createChannels } from '../../src/channels/create.ts';
import { startStandIns, type StandIns } from '../../src/channels/stand-ins/index.ts';
import { readInbox, type InboxMessage } from '../../src/channels/stand-ins/inbox.ts';
import { openMail } from '../../src/channels/stand-ins/read-mail.ts';
import type { Config } from '../../src/config/config.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { addTestCode, createPool } from '../../src/db/queries/coupons.ts';
import { freshDatabase } from '../support/database.ts';
import { aUser, aWarning, NOON } from '../support/world.ts';

const { db } = await freshDatabase();
const SHOPPER = 'src/campaigns/shopper-by-purchases/campaign.yaml';
const GAME = 'src/campaigns/game-return-pack/campaign.yaml';
let folder = '';
let standIns: StandIns;
let config: Config;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recallwave-preview-'));
  standIns = await startStandIns({ host: '127.0.0.1', smtpPort: 0, httpPort: 0, folder });
  const { smtpPort, httpPort } = standIns;
  const base = readConfig({ RECALLWAVE_HOME: folder });
  config = { ...base, standIns: { host: '127.0.0.1', smtpPort, httpPort, folder } };
  const types = { purchases: 'number', price_level: 'number', favourite_brand: 'string', level: 'number' };
  const others = ['level_fails', 'name', 'content_done'].map((name) => ({ name, type: 'string' }));
  await db('attributes').insert([...Object.entries(types).map(([name, type]) => ({ name, type })), ...others]);
  for (const pool of ['shopper-big', 'shopper-member']) await createPool(db, { pool, prefix: 'X', actor: 'test' });
  await addTestCode(db, { pool: 'shopper-big', code: 'TEST-BIG', actor: 'test' });
  await aUser(db, { userId: 'new', locale: 'zh-CN', attributes: { name: '欧阳<小明>', purchases: 0 } });
  await aUser(db, { userId: 'loyal', attributes: { name: 'Ann', purchases: 7, favourite_brand: 'Nordwind' } });
  const gamer = await aUser(db, { userId: 'gamer', phone: '+8613800000009' });
  await aWarning(db, { userNo: gamer, segment: 'gamer', reasons: ['content_used_up'] });
});
afterAll(async () => {
  await standIns.stop();
  await rm(folder, { recursive: true, force: true });
});

const show = (campaign: string, wish: object) => previewMessage({ db, config }, { campaign, now: NOON, ...wish });
const send = (wish: object, live = false) =>
  testSend(
    { db, config: { ...config, live }, openChannel },
    { campaign: SHOPPER, now: NOON, channel: 'email', to: [], actor: 'cli:ana', ...wish },
  );

async function openChannel(name: 'email' | 'sms') {
  const channels = await createChannels({ config, tasks: { insertTask: () => Promise.reject(new Error('none')) } });
  const channel = channels.get(name);
  if (!channel) throw new Error('no channel');
  return channel;
}

// The stand-ins write their inbox in batches.
function received(match: (message: InboxMessage) => boolean): Promise<InboxMessage> {
  return vi.waitFor(async () => {
    const [message] = await readInbox(folder, { limit: 1, match });
    if (!message) throw new Error('not there yet');
    return message;
  });
}

async function figures() {
  const tables = ['messages', 'entries', 'ways', 'events', 'suppressions', 'clicks', 'tracked_links', 'tasks'];
  const counts = await Promise.all(tables.map(async (table) => Number((await db(table).count())[0]?.['count'])));
  const codes = await db('coupon_codes').orderBy('code_no').select('code', 'state', 'user_no');
  return { counts, codes };
}

describe('preview', () => {
  it('shows the action that the attributes call for, in the language of the user, with a test code', async () => {
    const shown = await show(SHOPPER, { userId: 'new' });
    expect(shown).toMatchObject({
      action: 'first-order',
      arm: 'big-coupon',
      step: 1,
      channel: 'email',
      locale: 'zh-CN',
    });
    if (shown.content.channel !== 'email') throw new Error('not an e-mail');
    expect(shown.content.text).toContain('TEST-BIG');
    expect(shown.content.html).toContain('欧阳&lt;小明&gt;');
    expect(shown.content.html).toContain('href="https://shop.example.com/"');
    expect(shown.notes).toContain('TEST-BIG is a test code');
  });

  it('shows the action that the reasons of the newest warning call for', async () => {
    expect(await show(GAME, { userId: 'gamer' })).toMatchObject({ action: 'new-version', notes: [] });
    await expect(show(GAME, { userId: 'loyal' })).rejects.toThrow('no action of game-return-pack is for this user');
  });

  it('shows what was asked for, and marks a code that stands for none', async () => {
    const shown = await show(SHOPPER, { userId: 'loyal', arm: 'brand-coupon', channel: 'sms', locale: 'en' });
    expect(shown.content).toMatchObject({ text: expect.stringContaining('Nordwind') });
    expect(shown.content).toMatchObject({ text: expect.stringContaining('TEST-CODE') });
    expect(shown.content).toMatchObject({ text: expect.stringContaining('https://shop.example.com/brands') });
    expect(shown.segments).toBe(2); // with tracked links, which are longer
  });

  it('names what there is when a wish names nothing', async () => {
    await expect(show(SHOPPER, { action: 'nope' })).rejects.toMatchObject({
      fix: expect.stringContaining('price-level'),
    });
    await expect(show(SHOPPER, { arm: 'nope' })).rejects.toMatchObject({ fix: expect.stringContaining('big-coupon') });
    await expect(show(SHOPPER, { step: 9 })).rejects.toMatchObject({ type: 'NotFound' });
    await expect(show(SHOPPER, { channel: 'task' })).rejects.toMatchObject({ fix: expect.stringContaining('email') });
    await expect(show('nope', {})).rejects.toMatchObject({ type: 'NotFound' });
    await expect(show('nope.yaml', {})).rejects.toMatchObject({ type: 'BadInput' });
  });

  it('writes nothing', async () => {
    const before = await figures();
    await show(SHOPPER, { userId: 'new' });
    expect(await figures()).toEqual(before);
    expect(await db('audit_log').where({ action: 'campaign.test-send' })).toHaveLength(0);
  });
});

describe('test send', () => {
  it('sends a marked e-mail whose opt-out changes nothing, and touches no code or figure', async () => {
    const before = await figures();
    const report = await send({ userId: 'new', to: ['Ana@ours.example', 'Ana@ours.example', 'bob@ours.example'] });
    expect(report).toMatchObject({ standIn: true, userId: 'new' });
    expect(report.sent.map((each) => [each.to, each.result])).toEqual([
      ['Ana@ours.example', 'accepted'],
      ['bob@ours.example', 'accepted'],
    ]);
    expect(await figures()).toEqual(before);
    const inbox = await received((message) => message.to.includes('bob@ours.example'));
    const mail = await openMail(inbox.source ?? '');
    expect(mail.subject).toBe('[TEST] 送您一张 30 元无门槛优惠券');
    const token = /\/u\/([\w-]+)/.exec(mail.text)?.[1] ?? '';
    expect(await viewOptOut(db, { secret: config.linkSecret, token })).toMatchObject({ test: true });
    const audit = await db('audit_log').where({ action: 'campaign.test-send' }).first();
    expect(audit).toMatchObject({ actor: 'cli:ana', subject: 'shopper-by-purchases' });
    expect(JSON.stringify(audit)).not.toContain('ours.example');
  });

  it('sends nothing while a kill switch is engaged', async () => {
    await db('kill_switches').insert({ reason: 'leak', engaged_by: 'test' });
    await expect(send({ to: ['ana@ours.example'] })).rejects.toMatchObject({ type: 'WaveRefused' });
    await db('kill_switches').delete();
  });

  it('refuses addresses of imported users, in any case, unless it is live', async () => {
    await expect(send({ to: ['NEW@example.test'] })).rejects.toMatchObject({
      type: 'BadInput',
      fix: expect.stringContaining('--live'),
    });
    await expect(send({ channel: 'sms', to: ['+86 138 0000 0009'] })).rejects.toThrow('do not go to imported users');
    expect((await send({ to: ['new@example.test'] }, true)).sent[0]?.result).toBe('accepted');
  });

  it('marks an SMS', async () => {
    const report = await send({ channel: 'sms', to: ['+8613900000001'], locale: 'en' });
    expect(report.sent[0]?.result).toBe('accepted');
    const inbox = await received((message) => message.channel === 'sms');
    expect(inbox.text).toContain('[TEST] Example Company');
  });

  it('reads seed lists, and refuses none, too many and what is no address', async () => {
    expect(readSeedList('# ours\nana@ours.example\r\n\n bob@ours.example # bob\n')).toEqual([
      'ana@ours.example',
      'bob@ours.example',
    ]);
    const check = (to: string[]) => checkRecipients({ channel: 'email', to, country: undefined });
    expect(() => check([])).toThrow('there is no recipient');
    expect(() => check(['a@b.example,c@d.example'])).toThrow('one address');
    expect(() => check(Array.from({ length: 21 }, (_, i) => `a${i}@ours.example`))).toThrow('too many');
  });
});
