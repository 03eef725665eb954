import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { UnreachableError } from '../../../src/domain/failures.ts';
import { readConfig } from '../../../src/config/read-config.ts';
import { standInAcceptances } from '../../../src/worker/stand-in-acceptances.ts';
import { freshDatabase } from '../../support/database.ts';
import { testApi } from '../../support/api-client.ts';
import { aFullWave, aSendableCampaign } from '../../support/sendable-wave.ts';
import { aCampaign, aUser, aWarning, hoursAfter, NOON } from '../../support/world.ts';

const { db } = await freshDatabase();
const temporal = () => Promise.reject(new UnreachableError('no Temporal here', 'start one'));
const folder = await mkdtemp(join(tmpdir(), 'recallwave-acceptances-'));
await writeFile(join(folder, 'acceptances.jsonl'), '');
const config = readConfig({ RECALLWAVE_HOME: '/tmp/recallwave-test' });
const { as } = await testApi({ db, temporal, standIns: () => standInAcceptances(config, folder) });
const [look, market, operate] = [as('viewer'), as('marketer'), as('operator')];

beforeEach(async () => {
  await db.raw(
    'truncate messages, ways, entries, waves, wave_shards, warnings, users, campaigns, campaign_versions, kill_switches, alarms, attempts, idempotency_keys restart identity cascade',
  );
});

test('a pause holds although Temporal is down, is audited by who did it, and a second click changes nothing', async () => {
  const campaignId = await aSendableCampaign(db);
  const { waveNo } = await aFullWave(db, { campaignId, users: 2 });
  const headers = { 'idempotency-key': 'click-1' };
  const body = { reason: 'the shop is down' };
  const first = await operate('POST', `/waves/${waveNo}/pause`, { body, headers });
  expect(first).toMatchObject({ status: 200, body: { waveNo, state: 'paused', workflow: 'unreachable' } });
  const again = await operate('POST', `/waves/${waveNo}/pause`, { body, headers });
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect(again.body).toEqual(first.body);
  const { body: report } = await look('GET', `/waves/${waveNo}`);
  expect(report.history).toMatchObject([{ actor: 'console:operator', action: 'wave.pause', details: body }]);
  expect(report.history).toHaveLength(1);
  expect((await operate('POST', `/waves/${waveNo}/resume`, { body })).body.state).toBe('running');
});

test('abort cancels what was not sent; a wave that is over can’t be changed', async () => {
  const campaignId = await aSendableCampaign(db);
  const { waveNo } = await aFullWave(db, { campaignId, users: 2 });
  const body = { reason: 'wrong price' };
  expect((await operate('POST', `/waves/${waveNo}/abort`, { body })).body.state).toBe('aborted');
  const { items } = (await look('GET', `/waves/${waveNo}/messages`)).body;
  expect(items).toMatchObject([{ state: 'CANCELLED' }, { state: 'CANCELLED' }]);
  const late = await operate('POST', `/waves/${waveNo}/pause`, { body });
  expect(late).toMatchObject({ status: 409, body: { code: 'wave_refused' } });
});

test('orders need an operator and a reason', async () => {
  const body = { reason: 'because' };
  expect(await market('POST', '/waves/1/pause', { body })).toMatchObject({
    status: 403,
    body: { code: 'role_missing' },
  });
  expect((await operate('POST', '/waves/1/pause', { body: { reason: ' ' } })).status).toBe(400);
  const nul = await operate('POST', '/kill-switches/engage', { body: { reason: 'a\u0000b' } });
  expect(nul).toMatchObject({ status: 422, body: { code: 'input_invalid' } });
  expect((await operate('POST', '/waves/1/pause', { body })).status).toBe(404);
});

test('a run without Temporal is a 503 that says what to do, and may be tried again with the same key', async () => {
  await aCampaign(db);
  const headers = { 'idempotency-key': 'run-1' };
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const answer = await operate('POST', '/campaigns/winback/waves', { body: {}, headers });
    expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable', fix: 'start one' } });
    expect(answer.headers.get('retry-after')).toBe('5');
  }
  expect((await operate('POST', '/campaigns/nobody/waves', { body: {} })).status).toBe(404);
});

test('only a wave that waits for a person can be approved', async () => {
  const campaignId = await aSendableCampaign(db);
  const { waveNo } = await aFullWave(db, { campaignId, users: 1 });
  const refused = await operate('POST', `/waves/${waveNo}/approve`, { body: { reason: 'fine' } });
  expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringContaining('it is sending') } });
});

test('a rehearsal shows what a wave would do at a chosen time and writes nothing', async () => {
  await aCampaign(db);
  const userNo = await aUser(db);
  await aWarning(db, { userNo });
  const body = { at: hoursAfter(NOON, 1).toISOString() };
  const { status, body: report } = await market('POST', '/campaigns/winback/rehearsals', { body });
  expect(status).toBe(200);
  expect(report).toMatchObject({ campaignId: 'winback', audience: 1, localDate: NOON.toISOString().slice(0, 10) });
  expect(await db('waves').count({ n: '*' }).first()).toEqual({ n: 0 });
});

test('a proof compares with what the stand-ins took', async () => {
  const campaignId = await aSendableCampaign(db);
  const { waveNo } = await aFullWave(db, { campaignId, users: 1 });
  await db('messages').update({ state: 'ACCEPTED', accepted_at: new Date() });
  const { status, body } = await look('POST', `/waves/${waveNo}/proofs`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ proved: false, acceptances: { source: 'stand-ins', total: 0 } });
  const broken = body.checks.find((one: { name: string }) => one.name === 'accepted_not_once');
  expect(broken).toMatchObject({ ok: false, hits: 1, fix: expect.any(String) });
});

test('an unknown message is settled by a person’s word, once', async () => {
  const campaignId = await aSendableCampaign(db);
  const { messageNos } = await aFullWave(db, { campaignId, users: 1 });
  await db('messages').update({ state: 'UNKNOWN' });
  const path = `/messages/${messageNos[0]}/settlement`;
  const body = { fate: 'sent', reason: 'the provider has it' };
  expect((await operate('POST', path, { body })).body).toEqual({ settled: 1, fate: 'sent' });
  expect(await operate('POST', path, { body })).toMatchObject({ status: 422 });
  expect((await look('GET', `/messages/${messageNos[0]}`)).body.message.state).toBe('ASSUMED_SENT');
});

test('throttles are set per channel, and none is no limit', async () => {
  const set = await operate('PUT', '/throttles/email', { body: { ratePerS: 20 } });
  expect(set.body.items[0]).toMatchObject({ channel: 'email', ratePerS: 20, from: 'throttle' });
  await operate('PUT', '/throttles/email', { body: { ratePerS: null } });
  expect((await look('GET', '/throttles')).body.items[0]).toMatchObject({ ratePerS: null, from: 'nothing' });
  expect((await operate('PUT', '/throttles/email', { body: { ratePerS: 0 } })).status).toBe(400);
  expect((await operate('PUT', '/throttles/fax', { body: { ratePerS: 1 } })).status).toBe(400);
});

test('home shows what runs, what waits for a person, alarms, stops and that Temporal is down', async () => {
  const campaignId = await aSendableCampaign(db);
  const { waveNo } = await aFullWave(db, { campaignId, users: 3 });
  await db('waves').update({ state: 'halted' });
  await db('messages').where({ wave_no: waveNo }).limit(1).update({ state: 'UNKNOWN' });
  const [unknown] = await db('messages').where({ state: 'UNKNOWN' }).select('message_no');
  await db('attempts').insert({ message_no: unknown.message_no, fence: 1, result: 'unknown' });
  await db('alarms').insert({ wave_no: waveNo, kind: 'failure_rate', message: 'too many failures' });
  const engaged = await operate('POST', '/kill-switches/engage', { body: { reason: 'stop' } });
  expect(engaged.body).toMatchObject({ changed: true, inForce: [{ engagedBy: 'console:operator' }] });
  const { status, body } = await look('GET', '/home');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    running: [{ wave: { waveNo, state: 'halted' }, killed: 'stop' }],
    recent: [],
    decisions: { waves: [{ waveNo }], proposals: [], unknownMessages: [{ waveNo, campaignId }] },
    alarms: [{ message: 'too many failures' }],
    killSwitches: [{ reason: 'stop', campaignId: null }],
    health: { database: true, temporal: false },
  });
  const released = await operate('POST', '/kill-switches/release', { body: { reason: 'go' } });
  expect(released.body).toMatchObject({ changed: true, inForce: [], note: expect.stringContaining('within the hour') });
});

test('a throttle that is as good as a stop leaves home and the wave readable, with no finish', async () => {
  const campaignId = await aSendableCampaign(db, { campaign: 'slow' });
  const { waveNo } = await aFullWave(db, { campaignId, users: 3 });
  expect((await operate('PUT', '/throttles/email', { body: { ratePerS: 1e-300 } })).status).toBe(200);
  const { status, body } = await look('GET', '/home');
  expect({ status, code: body.code }).toEqual({ status: 200, code: undefined });
  const wave = body.running.find((one: { wave: { waveNo: number } }) => one.wave.waveNo === waveNo);
  expect(wave.forecast).toMatchObject([{ channel: 'email', finishAt: null }]);
  await operate('PUT', '/throttles/email', { body: { ratePerS: null } });
});
