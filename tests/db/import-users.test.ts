import { beforeEach, describe, expect, test } from 'vitest';
import { importFile } from '../../src/app/imports/import-file.ts';
import { applySettings } from '../../src/db/queries/settings.ts';
import { settingsSchema } from '../../src/domain/settings.schema.ts';
import { freshDatabase } from '../support/database.ts';
import { importer, NOW } from '../support/imports.ts';

const { db } = await freshDatabase();
const run = await importer(db);

beforeEach(() => db.raw('truncate users, consents, attributes, events, imports restart identity cascade'));

const HEADER = 'user_id,email,phone,locale,timezone,consent_email,consent_sms,consent_push';

describe('importing users', () => {
  test('stores addresses, consent and typed attributes, and says who did it', async () => {
    const report = await run(
      'users',
      `${HEADER},purchases,vip,member_since,code\nu1,Ana@Example.com,+49 30 1234567,zh_CN,asia/shanghai,yes,0,,3,TRUE,2024-02-29,007\n`,
    );
    expect(report).toMatchObject({ read: 1, accepted: 1, inserted: 1, changed: 1, rejected: 0, rejectsFile: null });
    expect(await db('users').first()).toMatchObject({
      user_id: 'u1',
      email: 'Ana@Example.com',
      phone: '+49301234567',
      locale: 'zh-CN',
      timezone: 'Asia/Shanghai',
      consent_email: true,
      consent_sms: false,
      consent_push: null,
      attributes: { purchases: 3, vip: true, member_since: '2024-02-29', code: '007' },
      actor: 'test',
    });
    expect(await db('attributes').orderBy('name').select('name', 'type', 'sample')).toEqual([
      { name: 'code', type: 'string', sample: '007' },
      { name: 'member_since', type: 'date', sample: '2024-02-29' },
      { name: 'purchases', type: 'number', sample: '3' },
      { name: 'vip', type: 'boolean', sample: 'TRUE' },
    ]);
    const consents = await db('consents').orderBy('channel').select('channel', 'granted', 'source', 'actor');
    expect(consents).toEqual([
      { channel: 'email', granted: true, source: 'import', actor: 'test' },
      { channel: 'sms', granted: false, source: 'import', actor: 'test' },
    ]);
    expect(await db('imports').first()).toMatchObject({
      kind: 'users',
      accepted: 1,
      changed: 1,
      rejected: 0,
      actor: 'test',
    });
  });

  test('changes nothing when the file comes again', async () => {
    const file = `${HEADER},level\nu1,a@example.com,,en,UTC,true,true,false,1.50\nu2,,+8613812345678,zh-CN,Asia/Shanghai,,1,,x\n`;
    expect((await run('users', file)).changed).toBe(2);
    const state = () => Promise.all(['users', 'consents', 'attributes'].map((table) => db(table).orderByRaw('1')));
    const before = await state();
    expect(await run('users', file)).toMatchObject({ accepted: 2, changed: 0, unchanged: 2 });
    expect(await state()).toEqual(before);
  });

  test('reads a byte order mark, semicolons, CRLF and columns in any order', async () => {
    const report = await run('users', '\uFEFFtimezone;email;user_id\r\nEurope/Berlin;"a@example.com";u1\r\n');
    expect(report.rejected).toBe(0);
    expect(await db('users').first()).toMatchObject({ user_id: 'u1', timezone: 'Europe/Berlin' });
  });

  test.each([
    ['email', 'u9,"a@example.com,b@example.com",,,,,,'],
    ['email', 'u9,a b@example.com,,,,,,'],
    ['email', 'u9,a@example,,,,,,'],
    ['phone', 'u9,a@example.com,13812345678,,,,,'],
    ['phone', 'u9,a@example.com,+86123,,,,,'],
    ['locale', 'u9,a@example.com,,english!,,,,'],
    ['timezone', 'u9,a@example.com,,,Asia/Shangai,,,'],
    ['timezone', 'u9,a@example.com,,,+08:00,,,'],
    ['consent_sms', 'u9,a@example.com,,,,true,maybe,'],
    ['user_id', ',a@example.com,,,,,,'],
    ['email', 'u9,,,,,true,true,'],
    ['user_id', 'u1,c@example.com,,,,,,'],
  ])('rejects a faulty %s and keeps the good rows (%#)', async (column, bad) => {
    const report = await run('users', `${HEADER}\nu1,a@example.com,,,,,,\n${bad}\nu2,b@example.com,,,,,,\n`);
    expect(report).toMatchObject({ read: 3, accepted: 2, rejected: 1 });
    expect(report.rejects).toMatchObject([{ line: '3', column }]);
    expect(await db('users').orderBy('user_no').pluck('user_id')).toEqual(['u1', 'u2']);
  });

  test('suggests the zone that was meant and names the first line of a repeat', async () => {
    const { rejects } = await run(
      'users',
      `${HEADER}\nu1,a@example.com,,,Europe/Berln,,,\nu2,b@example.com,,,,,,\nu2,c@example.com,,,,,,\n`,
    );
    expect(rejects.map((reject) => reject.reason)).toEqual([
      'no IANA time zone: Europe/Berlin was probably meant',
      'line 4: user_id u2 was already on line 3: keep one of them',
    ]);
    expect(rejects[1]?.row).toContain('c@example.com');
  });

  test('neutralises formulas in the rejects file', async () => {
    const { rejects } = await run('users', `${HEADER}\n=cmd(),+1,,,,,,\n`);
    expect(rejects).toMatchObject([{ column: 'email', value: "'+1", row: "'=cmd(),+1,,,,,," }]);
  });

  test('remarks on an address of two users, and takes both', async () => {
    const first = await run('users', `user_id,email\nu1,a@example.com\nu2,A@example.com\n`);
    expect(first).toMatchObject({ accepted: 2, warnings: ['1 e-mail address is shared by several users'] });
    const second = await run('users', `user_id,email\nu3,a@EXAMPLE.com\n`);
    expect(second.warnings).toEqual(['1 e-mail address is shared by several users']);
  });

  test('an import never overrides a later opt-out', async () => {
    await run('users', 'user_id,email,consent_email\nu1,a@example.com,true\n');
    const { user_no } = await db('users').first('user_no');
    await db('consents').insert({
      user_no,
      channel: 'email',
      granted: false,
      source: 'link',
      actor: 'link:unsubscribe',
    });
    await db('users').update({ consent_email: false });
    const report = await run('users', 'user_id,email,consent_email\nu1,new@example.com,true\n');
    expect(report.warnings.join()).toContain('kept 1 opt-out');
    expect(await db('users').first()).toMatchObject({ email: 'new@example.com', consent_email: false });
    expect(await run('users', 'user_id,email,consent_email\nu1,new@example.com,true\n')).toMatchObject({ changed: 0 });
    await db('consents').insert({
      user_no,
      channel: 'email',
      granted: true,
      source: 'page',
      actor: 'link:preferences',
    });
    await run('users', 'user_id,email,consent_email\nu1,new@example.com,true\n');
    expect(await db('users').first()).toMatchObject({ consent_email: true });
  });

  test('keeps what a file does not have, and clears what it has empty', async () => {
    await run('users', 'user_id,email,phone,consent_email,a,b\nu1,a@example.com,+8613812345678,true,1,x\n');
    await run('users', 'user_id,phone,consent_email,a\nu1,,,\n');
    expect(await db('users').first()).toMatchObject({
      email: 'a@example.com',
      phone: null,
      consent_email: true,
      attributes: { b: 'x' },
    });
  });

  test('rejects a value that does not fit the type of its attribute, which filters rely on', async () => {
    await run('users', 'user_id,email,size,vip\nu1,a@example.com,1,true\n');
    const file = 'user_id,email,size,vip\nu1,a@example.com,n/a,true\nu2,b@example.com,,maybe\nu3,c@example.com,2,\n';
    const report = await run('users', file);
    expect(report).toMatchObject({ accepted: 1, rejected: 2, warnings: [] });
    expect(report.rejects).toMatchObject([
      { line: '2', column: 'size', value: 'n/a', reason: expect.stringContaining('the attribute is a number') },
      { line: '3', column: 'vip', value: 'maybe', reason: expect.stringContaining('the attribute is true or false') },
    ]);
    expect(await db('attributes').orderBy('name').select('name', 'type', 'sample')).toEqual([
      { name: 'size', type: 'number', sample: '2' },
      { name: 'vip', type: 'boolean', sample: 'true' },
    ]);
    expect(await db('users').orderBy('user_no').pluck('attributes')).toEqual([{ size: 1, vip: true }, { size: 2 }]);
  });

  test('turns an attribute of several types into text where it is new or is to be retyped', async () => {
    await run('users', 'user_id,email,size,rank\nu1,a@example.com,1,1\n');
    const file = 'user_id,email,size,mix\nu2,b@example.com,XL,1.50\nu3,c@example.com,2,true\n';
    const report = await run('users', file, { retype: true });
    expect(report.warnings).toEqual([
      'attribute "size" was a number, the file has string values: it is a string now',
      'attribute "mix" has values of several types: it is a string',
    ]);
    expect(await db('users').orderBy('user_no').pluck('attributes')).toEqual([
      { size: '1', rank: 1 },
      { size: 'XL', mix: '1.50' },
      { size: '2', mix: 'true' },
    ]);
  });

  test('gives events that came before to their user', async () => {
    const event = '{"event_id":"e1","user_id":"u1","type":"visit","occurred_at":"2026-03-01T00:00:00Z"}';
    expect((await run('events', event)).warnings.join()).toContain('nobody has imported yet');
    await run('users', 'user_id,email\nu1,a@example.com\n');
    const { user_no } = await db('users').first('user_no');
    expect(await db('events').first()).toMatchObject({ event_id: 'e1', user_no });
  });

  test('reads numbers without + in the default country of the settings', async () => {
    await applySettings(db, { settings: settingsSchema.parse({ defaultCountry: 'CN' }), actor: 'test' });
    await run('users', 'user_id,phone\nu1,138 1234 5678\n');
    expect(await db('users').first()).toMatchObject({ phone: '+8613812345678' });
  });

  test('keeps every character of an attribute, in CSV and in JSON lines', async () => {
    const odd = 'tab\t, line\nnext, back\\slash, \\N, "quoted", 中文 😀 {"a":1}';
    await run('users', `user_id,email,note\nu1,a@example.com,"${odd.replaceAll('"', '""')}"\n`);
    await run('users', JSON.stringify({ user_id: 'u2', email: 'b@example.com', note: odd }), { format: 'jsonl' });
    expect(
      (await db('users').orderBy('user_no').pluck('attributes')).map((found: { note: string }) => found.note),
    ).toEqual([odd, odd]);
  });

  test('a rejects file that cannot be written stops the import before anything is in', async () => {
    const input = (async function* () {
      yield Buffer.from('user_id,email\nu1,a@example.com\nu2,nobody\n');
    })();
    const request = { db, kind: 'users', sourceName: 'test', actor: 'test', now: NOW } as const;
    const failure = importFile({ ...request, input, rejectsFile: '/nowhere/at/all.csv' });
    await expect(failure).rejects.toMatchObject({ type: 'BadInput', fix: 'name another place with --rejects FILE' });
    expect(await db('users').first()).toBeUndefined();
  });

  test('imports users as JSON lines', async () => {
    const lines = [
      { user_id: 'u1', email: 'a@example.com', consent_email: true, purchases: 3, code: '7', tier: null },
      { user_id: 'u2', email: 'b@example.com', nested: { a: 1 } },
    ];
    const report = await run('users', `${lines.map((line) => JSON.stringify(line)).join('\n')}\n{"user_id":\n[1]\n`);
    expect(report.rejects.map(({ line, column }) => [line, column])).toEqual([
      ['2', 'nested'],
      ['3', ''],
      ['4', ''],
    ]);
    expect(await db('users').first()).toMatchObject({ consent_email: true, attributes: { purchases: 3, code: '7' } });
  });
});

describe('files that are unusable', () => {
  test.each([
    ['no bytes', ''],
    ['only blanks', '\uFEFF\n\n'],
    ['a wrong header', 'id,e-mail\nu1,a@example.com\n'],
    ['broken quotes in the header', 'user_id,"email\nu1,a@example.com\n'],
    [
      'bytes that are not UTF-8 at the end',
      Buffer.concat([Buffer.from('user_id,email\nu1,a@example.com\n'), Buffer.from([0xff])]),
    ],
    ['no rows in JSON lines', '\n \n', 'jsonl' as const],
  ])('refuses %s with a fix, and does nothing', async (_name, text, format?: 'jsonl') => {
    const failure = await run('users', text, format ? { format } : {}).catch((error: unknown) => error);
    expect(failure).toMatchObject({ type: 'BadInput', fix: expect.any(String) });
    expect(await db('users').first()).toBeUndefined();
    expect(await db('imports').first()).toBeUndefined();
  });

  test('a header without rows is no fault', async () => {
    expect(await run('users', 'user_id,email\n')).toMatchObject({
      read: 0,
      warnings: ['the file has a header and no rows'],
    });
  });

  test('NUL bytes and huge cells cost their own row only', async () => {
    const report = await run(
      'users',
      `user_id,email\nu1,a\0@example.com\nu2,${'x'.repeat(10_000_000)}\nu3,c@example.com\n`,
    );
    expect(report.rejects.map(({ line, column }) => [line, column])).toEqual([
      ['2', 'email'],
      ['3', 'email'],
    ]);
    expect(await db('users').pluck('user_id')).toEqual(['u3']);
  });
});
