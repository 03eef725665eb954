import { beforeEach, describe, expect, test } from 'vitest';
import { STAND_IN_PUSH_KEYS } from '../../src/channels/stand-ins/push-keys.ts';
import { freshDatabase } from '../support/database.ts';
import { importer } from '../support/imports.ts';
import { aUser } from '../support/world.ts';

const { db } = await freshDatabase();
const run = await importer(db);
let userNo: number;

beforeEach(async () => {
  await db.raw(`truncate users, warnings, events, push_subscriptions, coupon_codes, coupon_pools, suppressions, contacts, content,
    recorded_assignments, imports restart identity cascade`);
  userNo = await aUser(db, { userId: 'u1', email: 'Ana@example.com', phone: '+8613812345678' });
});

describe('importing warnings', () => {
  const HEADER = 'user_id,score,segment,reasons,raised_at,expires_at,model,evidence';
  const row = (fields: Partial<Record<'user' | 'score' | 'segment' | 'raised' | 'expires', string>> = {}): string =>
    [
      fields.user ?? 'u1',
      fields.score ?? '0.5',
      fields.segment ?? 'shopper',
      'price|few_purchases',
      fields.raised ?? '2026-03-09T08:00:00+08:00',
      fields.expires ?? '2026-03-20T00:00:00Z',
      '',
      '"{""days"": 3}"',
    ].join(',');

  test('stores score, reasons, validity and evidence; the same file again changes nothing', async () => {
    expect(await run('warnings', `${HEADER}\n${row()}\n`)).toMatchObject({ inserted: 1 });
    expect(await db('warnings').first()).toMatchObject({
      user_no: userNo,
      model: 'default',
      score: 0.5,
      reasons: ['price', 'few_purchases'],
      evidence: { days: 3 },
      raised_at: new Date('2026-03-09T00:00:00Z'),
      actor: 'test',
    });
    expect(await run('warnings', `${HEADER}\n${row()}\n`)).toMatchObject({ changed: 0, unchanged: 1 });
  });

  test('corrects a warning of the same user, model and time', async () => {
    await run('warnings', `${HEADER}\n${row()}\n`);
    const report = await run('warnings', `${HEADER}\n${row({ score: '0.75', raised: '2026-03-09T00:00:00Z' })}\n`);
    expect(report).toMatchObject({ inserted: 0, updated: 1 });
    expect(await db('warnings').pluck('score')).toEqual([0.75]);
  });

  test.each([
    ['score', row({ score: 'NaN' }), 'not a number'],
    ['score', row({ score: '1.01' }), 'outside 0 to 1'],
    ['score', row({ score: '-0.1' }), 'outside 0 to 1'],
    ['score', row({ score: '' }), 'missing'],
    ['segment', row({ segment: ' ' }), 'empty'],
    ['raised_at', row({ raised: '2026-03-10T08:06:00Z' }), 'future'],
    ['raised_at', row({ raised: '2026-03-09T08:00:00' }), 'offset is missing'],
    ['raised_at', row({ raised: '2026-02-30T08:00:00Z' }), 'no such day'],
    ['raised_at', row({ raised: '2026-03-09' }), 'not an ISO 8601 time'],
    ['expires_at', row({ expires: '2026-03-09T00:00:00Z' }), 'not after raised_at'],
    ['expires_at', row({ expires: '2026-03-10T07:59:00Z' }), 'has expired'],
    ['user_id', row({ user: 'nobody' }), 'import users first'],
  ])('rejects a faulty %s: %s', async (column, bad, reason) => {
    const good = row({ raised: '2026-03-08T00:00:00Z' });
    const report = await run('warnings', `${HEADER}\n${bad}\n${good}\n`);
    expect(report).toMatchObject({ accepted: 1, rejected: 1 });
    expect(report.rejects).toMatchObject([{ line: '2', column, reason: expect.stringContaining(reason) }]);
  });

  test('takes expired warnings as history when asked to', async () => {
    const expired = row({ expires: '2026-03-10T07:59:00Z' });
    expect(await run('warnings', `${HEADER}\n${expired}\n`, { allowExpired: true })).toMatchObject({ inserted: 1 });
  });

  test('names the first line of a warning that is there twice, whatever its offset', async () => {
    const { rejects } = await run('warnings', `${HEADER}\n${row()}\n${row({ raised: '2026-03-09T00:00:00Z' })}\n`);
    expect(rejects).toMatchObject([{ line: '3', reason: expect.stringContaining('was already on line 2') }]);
  });

  test('refuses columns that warnings do not have', async () => {
    await expect(run('warnings', 'user_id,score,segment,raised_at,expires_at,reason\n')).rejects.toThrow(
      'unknown column "reason"',
    );
  });
});

describe('importing events', () => {
  const event = (fields: object): string =>
    JSON.stringify({ event_id: 'e1', user_id: 'u1', type: 'purchase', occurred_at: '2026-03-01T00:00:00Z', ...fields });

  test.each([
    ['JPY', '1200', 1200],
    ['CNY', '12.5', 1250],
    ['KWD', '1.234', 1234],
    ['USD', '-3.10', -310],
  ])('keeps %s %s in minor units', async (currency, value, minor) => {
    await run('events', event({ value, currency, page: 'cart' }));
    expect(await db('events').first()).toMatchObject({
      user_no: userNo,
      value_minor: minor,
      currency,
      properties: { page: 'cart' },
    });
  });

  test.each([
    ['value', { value: '12.5', currency: 'JPY' }],
    ['value', { value: 1.005, currency: 'CNY' }],
    ['value', { value: '1,200', currency: 'CNY' }],
    ['currency', { value: 3 }],
    ['currency', { value: 3, currency: 'XYZ' }],
    ['occurred_at', { occurred_at: 'yesterday' }],
    ['event_id', { event_id: '' }],
  ])('rejects a faulty %s', async (column, fields) => {
    const report = await run('events', `${event(fields)}\n${event({ event_id: 'e2' })}\n`);
    expect(report.rejects).toMatchObject([{ line: '1', column }]);
    expect(await db('events').pluck('event_id')).toEqual(['e2']);
  });

  test('an event id that is known stays as it is', async () => {
    await run('events', event({}));
    expect(await run('events', event({ type: 'other' }))).toMatchObject({ changed: 0, unchanged: 1 });
    expect(await db('events').pluck('type')).toEqual(['purchase']);
  });

  test('reads properties from CSV columns and keeps NUL out', async () => {
    const report = await run(
      'events',
      'event_id,user_id,type,occurred_at,page\ne1,u1,visit,2026-03-01T00:00:00Z,home\n',
    );
    expect(report.rejected).toBe(0);
    expect((await run('events', `${event({ event_id: 'e2', page: '\u0000' })}\n`)).rejected).toBe(1);
    expect(await db('events').pluck('properties')).toEqual([{ page: 'home' }]);
  });
});

describe('importing what campaigns need', () => {
  test('takes push subscriptions of known push services with whole keys', async () => {
    const line = (fields: object): string =>
      JSON.stringify({
        user_id: 'u1',
        kind: 'webpush',
        endpoint: 'https://fcm.googleapis.com/fcm/send/a',
        ...STAND_IN_PUSH_KEYS,
        ...fields,
      });
    const lines = [
      line({}),
      line({ endpoint: 'http://fcm.googleapis.com/b' }),
      line({ endpoint: 'https://169.254.169.254/latest' }),
      line({ endpoint: 'https://fcm.googleapis.com.evil.example/c' }),
      line({ endpoint: 'https://fcm.googleapis.com:8443/d' }),
      line({ endpoint: 'https://fcm.googleapis.com/e', p256dh: 'short' }),
      line({ endpoint: 'https://push.example.com/f' }),
      JSON.stringify({ user_id: 'u1', kind: 'fcm', token: 'token:123456789' }),
    ];
    const report = await run('push_subscriptions', lines.join('\n'), { pushHosts: ['push.example.com'] });
    expect(report.rejects.map(({ line: at, column }) => `${at} ${column}`)).toEqual([
      '2 endpoint',
      '3 endpoint',
      '4 endpoint',
      '5 endpoint',
      '6 p256dh',
    ]);
    expect(await db('push_subscriptions').pluck('kind')).toEqual(['webpush', 'webpush', 'fcm']);
    expect(await run('push_subscriptions', lines.join('\n'), { pushHosts: ['push.example.com'] })).toMatchObject({
      changed: 0,
    });
  });

  test('fills coupon pools and leaves codes that are out as they are', async () => {
    const file =
      'pool,code,expires_at\nbig,A1,2026-12-31T23:59:59+08:00\nbig,A2,\nbig,A2,\nBig Pool,A3,\nbig,A4,2026-01-01T00:00:00Z\n';
    const report = await run('coupons', file);
    expect(report).toMatchObject({ inserted: 2, rejected: 3 });
    expect(await db('coupon_pools').first()).toMatchObject({ pool: 'big', kind: 'imported', actor: 'test' });
    await db('coupon_codes').where({ code: 'A2' }).update({ state: 'sent' });
    expect(await run('coupons', 'pool,code,expires_at\nbig,A2,2026-12-31T00:00:00Z\n')).toMatchObject({ changed: 0 });
  });

  test('suppresses addresses in their normal form, and users with their addresses', async () => {
    const file =
      'address,user_id,channel,reason\nBob@Example.com,,email,complaint\n+86 138-0000-0000,,sms,\n,u1,all,asked\n,u9,all,\n,,all,\n';
    const report = await run('suppressions', file);
    expect(report).toMatchObject({ accepted: 3, inserted: 3, rejected: 2 });
    const rows = await db('suppressions').orderBy('suppression_no').select('user_no', 'address', 'channel', 'reason');
    expect(rows).toEqual(
      expect.arrayContaining([
        { user_no: null, address: 'bob@example.com', channel: 'email', reason: 'complaint' },
        { user_no: null, address: '+8613800000000', channel: 'sms', reason: 'imported' },
        { user_no: userNo, address: null, channel: 'all', reason: 'asked' },
        { user_no: null, address: 'ana@example.com', channel: 'all', reason: 'asked' },
        { user_no: null, address: '+8613812345678', channel: 'all', reason: 'asked' },
      ]),
    );
    expect(rows).toHaveLength(5);
    expect(await run('suppressions', file)).toMatchObject({ changed: 0, unchanged: 3 });
  });

  test('a suppression that was lifted is put in force again only by a later date', async () => {
    await run('suppressions', 'address,channel,at\nbob@example.com,email,2026-03-01T00:00:00Z\n');
    await db('suppressions').update({ lifted_at: new Date('2026-03-05T00:00:00Z') });
    expect(await run('suppressions', 'address,channel,at\nbob@example.com,email,2026-03-01T00:00:00Z\n')).toMatchObject(
      { changed: 0 },
    );
    expect(await run('suppressions', 'address,channel,at\nbob@example.com,email,2026-03-06T00:00:00Z\n')).toMatchObject(
      { changed: 1 },
    );
  });

  test('counts what other tools sent', async () => {
    const file =
      'user_id,channel,category,sent_at\nu1,email,winback,2026-03-01T00:00:00Z\nu1,fax,winback,2026-03-01T00:00:00Z\n';
    expect(await run('contacts', file)).toMatchObject({ inserted: 1, rejected: 1 });
    expect(await run('contacts', file)).toMatchObject({ changed: 0 });
  });

  test('takes content to recommend, the newest file wins', async () => {
    await run('content', 'content_id,kind,title,tags,price,locale\nc1,series,Nights,drama|new,9.90,en\n');
    expect(await db('content').first()).toMatchObject({ tags: ['drama', 'new'], price_minor: 990 });
    expect(await run('content', 'content_id,kind,title\nc1,series,Days\n')).toMatchObject({ updated: 1 });
    expect(await db('content').pluck('title')).toEqual(['Days']);
  });

  test('keeps a recorded experiment with money in minor units', async () => {
    const file =
      'user_id,segment,reasons,score,arm,assigned_at,contacted,returned,revenue,currency,probability\n' +
      'x1,shopper,price,0.4,coupon,2025-01-01T00:00:00Z,true,1,12.50,CNY,0.5\n' +
      'x2,shopper,price,0.4,coupon,2025-01-01T00:00:00Z,true,1,12.50,,0.5\n' +
      'x3,shopper,price,0.4,coupon,2025-01-01T00:00:00Z,,1,,,\n';
    const report = await run('recorded', file);
    expect(report.rejects.map(({ line, column }) => `${line} ${column}`)).toEqual(['3 currency', '4 contacted']);
    expect(await db('recorded_assignments').first()).toMatchObject({
      import_no: report.importNo,
      user_id: 'x1',
      outcomes: { returned: 1, revenue_minor: 1250 },
      probability: 0.5,
    });
    expect(await run('recorded', file)).toMatchObject({ changed: 0, unchanged: 1 });
  });
});
