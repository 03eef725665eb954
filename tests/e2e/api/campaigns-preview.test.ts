import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openOneChannel } from '../../../src/channels/open-one-channel.ts';
import { readInbox } from '../../../src/channels/stand-ins/inbox.ts';
import { startStandIns, type StandIns } from '../../../src/channels/stand-ins/index.ts';
import { readConfig } from '../../../src/config/read-config.ts';
import { testApi, type ApiAnswer } from '../../support/api-client.ts';
import { freshDatabase } from '../../support/database.ts';
import { aUser, aWarning, aWave, aWay, anEntry, NOON } from '../../support/world.ts';

const { db } = await freshDatabase();
const folder = await mkdtemp(join(tmpdir(), 'recallwave-previews-'));
let standIns: StandIns;
const openChannel = (name: 'email' | 'sms') => {
  const { smtpPort, httpPort } = standIns;
  const base = readConfig({ RECALLWAVE_HOME: folder });
  return openOneChannel({ ...base, standIns: { host: '127.0.0.1', smtpPort, httpPort, folder } }, name);
};
const { as, url, headersOf } = await testApi({ db, now: () => NOON, openChannel, home: folder });
const [look, market, operate] = [as('viewer'), as('marketer'), as('operator')];
let draft: ApiAnswer['body'];

beforeAll(async () => {
  standIns = await startStandIns({ host: '127.0.0.1', smtpPort: 0, httpPort: 0, folder });
  await aUser(db, { userId: 'ann', locale: 'en' });
  for (const score of [0.9, 0.8, 0.1]) await aWarning(db, { userNo: await aUser(db), score });
  draft = (await market('POST', '/campaigns', { body: { campaignId: 'spring', playbook: null } })).body;
});
afterAll(() => standIns.stop());

const preview = (body: object = {}) => look('POST', '/campaigns/spring/draft/preview', { body });

test('a message is shown as a user would get it, with what else there is to look at', async () => {
  const { status, body } = await preview({ userId: 'ann', channel: 'email' });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    campaign: 'spring',
    version: null,
    userId: 'ann',
    locale: 'en',
    content: { subject: 'We would like to see you again' },
    choices: [{ action: 'hello', arm: 'mail', step: 1, channels: ['email'] }],
    locales: ['en'],
  });
  expect((await preview({ userId: 'nobody' })).status).toBe(404);
  expect(await preview({ channel: 'sms' })).toMatchObject({ status: 404, body: { fix: 'there is: email' } });
});

test('texts that are not saved are previewed too', async () => {
  const texts = { source: draft.source.replace('We would like', 'We would love'), files: draft.files };
  expect((await preview({ texts })).body.content.subject).toBe('We would love to see you again');
  const other = { ...texts, source: texts.source.replace('campaign: spring', 'campaign: autumn') };
  expect((await preview({ texts: other })).status).toBe(422);
});

test('the page of a mail runs nothing, loads nothing, and is shown only to who asked for it', async () => {
  const withMail = (extra: string): object => {
    const mjml: string = draft.files['hello.en.mjml'];
    const files = { ...draft.files, 'hello.en.mjml': mjml.replace('<mj-text>', `${extra}<mj-text>`) };
    return { texts: { source: draft.source, files } };
  };
  expect((await preview(withMail('<mj-raw><script>alert(1)</script></mj-raw>'))).status).toBe(422);
  const { body } = await preview(withMail('<mj-image alt="spy" src="https://spy.example/x.png" />'));
  const page = await fetch(`${url}${body.page}`, { headers: await headersOf('viewer') });
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy.split('; ')).toEqual(
    expect.arrayContaining(['sandbox', "default-src 'none'", "frame-ancestors 'self'"]),
  );
  expect(policy).not.toMatch(/script-src|https:/);
  expect(await page.text()).toContain('It has been a while');
  const others = await fetch(`${url}${body.page}`, { headers: await headersOf('marketer') });
  expect(others.status).toBe(404);
  expect((await fetch(`${url}${body.page}`)).status).toBe(401);
});

test('a test message goes to addresses of one’s own, marked, and not to users', async () => {
  const send = (to: string[]) => market('POST', '/campaigns/spring/draft/test-send', { body: { to } });
  expect(await send(['me@example.org'])).toMatchObject({
    status: 200,
    body: { standIn: true, sent: [{ to: 'me@example.org', result: 'accepted' }] },
  });
  const [mail] = await vi.waitFor(async () => {
    const found = await readInbox(folder, { limit: 1, match: () => true });
    expect(found).toHaveLength(1);
    return found;
  });
  expect(JSON.stringify(mail)).toContain('[TEST]');
  expect((await send(['ann@example.test'])).status).toBe(422);
  expect((await look('POST', '/campaigns/spring/draft/test-send', { body: { to: ['a@b.example'] } })).status).toBe(403);
});

test('the plan counts whom publishing touches, and lint says what cannot be detected', async () => {
  const { status, body } = await look('POST', '/campaigns/spring/draft/plan');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    disposition: 'new',
    version: 1,
    hash: draft.hash,
    people: { audience: 3, treatable: 2, newEntries: 2 },
  });
  const { body: lint } = await look('POST', '/campaigns/spring/draft/lint');
  expect(lint).toMatchObject({ publishable: true, errors: 0, hash: draft.hash });
});

test('the audience of what is in force is counted live, with whom the first rungs would stop', async () => {
  expect((await look('GET', '/campaigns/spring/audience')).status).toBe(404);
  await operate('POST', '/campaigns/spring/draft/approvals', { body: { hash: draft.hash, maxAudience: 100 } });
  const published = await operate('POST', '/campaigns/spring/draft/publish', { body: { hash: draft.hash } });
  expect(published.status).toBe(200);
  const userNo = await aUser(db, { userId: 'entered' });
  const warningNo = await aWarning(db, { userNo, score: 0.9 });
  const waveNo = await aWave(db, { campaignId: 'spring' });
  const entryNo = await anEntry(db, { userNo, warningNo, waveNo, campaignId: 'spring' });
  await aWay(db, { userNo, warningNo, waveNo, entryNo });
  const { body } = await look('GET', '/campaigns/spring/audience');
  expect(body).toMatchObject({
    users: 4,
    treatable: 3,
    newEntries: 2,
    excluded: [
      { rung: 'open_entry', users: 1 },
      { rung: 'score', users: 1 },
    ],
    reasons: [{ reason: 'price', users: 4 }],
  });
  expect((await look('GET', '/campaigns/spring')).body.openEntries).toEqual([{ version: 1, entries: 1 }]);
});
