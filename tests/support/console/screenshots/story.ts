import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DEMO_PASSWORD } from '../../../../src/app/demo/demo-accounts.ts';
import { logIn, takeLink, type Caller } from './caller.ts';
import type { Installation } from './installation.ts';
import { newPlayers, playersBack } from './new-players.ts';

const PASSWORD = 'only for the screenshots';
/** Mails a second: the wave that is running is still running when the last picture is taken. */
const SLOWLY = 0.1;
const MS_PER_DAY = 86_400_000;
/** While the past experiment ran, and when its last windows had closed. */
const READ_DAYS_AGO = [84, 77, 70, 63, 56, 49, 42, 35];
const GAME = 'game-return-pack';
const RUNNING = 'stuck-on-a-level';
const WAITING = 'new-season';

/** Numbers and ids that the pictures' addresses need. */
export interface Places {
  campaign: string;
  finishedWave: number;
  runningWave: number;
  contactedUser: string;
  blockedUser: string;
  mail: string;
  task: number;
  webhook: number;
}

interface Items<T> {
  items: T[];
}

interface Wave {
  trigger: string;
  waveNo: number;
  campaignId: string;
  state: string;
}

interface Draft {
  revision: number;
  source: string;
  files: Record<string, string>;
  hash: string;
}

/** The people of the story. */
interface People {
  ada: Caller;
  marketer: Caller;
  operator: Caller;
}

/**
 * What a company did on the day of the pictures: a wave is through and some came back, one is running, one waits for a person;
 * a version was published, a change waits for its approval; a proposal was accepted; tasks were taken. Told once a home.
 */
export async function tellStory(
  installation: Installation,
  note: (line: string) => void,
): Promise<{ ada: Caller; places: Places }> {
  const people = await logAllIn(installation);
  const { items } = await people.ada.get<Items<Wave>>('/waves?limit=200');
  if (!items.some(({ campaignId }) => campaignId === RUNNING)) {
    note('new players, and some who are back …');
    await importMore(people, waveOf(items, GAME));
    note('a version, and a change that waits …');
    await changeGame(people);
    note('a running wave, and one that waits …');
    await startWaves(people);
    note('a read, a decision, tasks, people …');
    await decide(people);
    await settleIn(people);
  }
  return { ada: people.ada, places: await findPlaces(people.ada) };
}

async function logAllIn({ url, token }: Installation): Promise<People> {
  const account = { login: 'ada', name: 'Ada', password: PASSWORD, timezone: 'Europe/Berlin' };
  const { login, password } = account;
  const ada = token === null ? await logIn(url, { login, password }) : await takeLink(url, token, account);
  const [marketer, operator] = await Promise.all(
    ['marketer', 'operator'].map((demo) => logIn(url, { login: demo, password: DEMO_PASSWORD })),
  );
  if (!marketer || !operator) throw new Error('the demo accounts are missing');
  return { ada, marketer, operator };
}

async function importMore({ operator }: People, { waveNo }: Wave): Promise<void> {
  const now = new Date();
  const { users, warnings } = newPlayers(now);
  await operator.upload('users', 'new-players.csv', users);
  await operator.upload('warnings', 'new-players-warnings.csv', warnings);
  const ways = (disposition: string, limit: number) =>
    operator.get<Items<{ userId: string }>>(`/waves/${waveNo}/ways?disposition=${disposition}&limit=${limit}`);
  const back = [...(await ways('contacted', 22)).items, ...(await ways('held_out', 14)).items];
  const ids = back.map(({ userId }) => userId);
  await operator.upload('events', 'plays-today.csv', playersBack(ids, now));
}

async function changeGame({ marketer, operator }: People): Promise<void> {
  await edit(marketer, GAME, (source) => source.replace('holdout: 0.1', 'holdout: 0.12'));
  await publish(operator, GAME, 5_000);
  await edit(marketer, GAME, (source) => source.replace('minGap: 24h', 'minGap: 36h'));
  await approve(operator, GAME, 5_000);
  await edit(marketer, GAME, (source) => source.replace('lo: 0.5,', 'lo: 0.45,'));
}

async function startWaves({ marketer, operator }: People): Promise<void> {
  await operator.send('PUT', '/throttles/email', { ratePerS: SLOWLY });
  await begin(marketer, RUNNING, { playbook: GAME, name: 'Stuck on a level', zh: '卡关的玩家' });
  await publish(operator, RUNNING, 5_000);
  await begin(marketer, WAITING, { playbook: 'series-watcher', name: 'The new season', zh: '新一季' });
  await publish(operator, WAITING, 50);
  for (const id of [RUNNING, WAITING]) await operator.send('POST', `/campaigns/${id}/waves`, {});
  await eventually('the waves', async () => {
    const { items } = await operator.get<Items<Wave>>('/waves?limit=200');
    const state = (id: string): string | undefined => items.find(({ campaignId }) => campaignId === id)?.state;
    return state(RUNNING) === 'sending' && state(WAITING) === 'waiting_approval';
  });
}

async function begin(
  marketer: Caller,
  campaignId: string,
  { playbook, name, zh }: { playbook: string; name: string; zh: string },
): Promise<void> {
  await marketer.send('POST', '/campaigns', { campaignId, playbook });
  await edit(marketer, campaignId, (source) =>
    source.replace(/^name:\n {2}zh-CN: .*\n {2}en: .*$/m, `name:\n  zh-CN: ${zh}\n  en: ${name}`),
  );
}

async function edit(marketer: Caller, campaignId: string, change: (source: string) => string): Promise<void> {
  const path = `/campaigns/${campaignId}/draft`;
  const { revision, source, files } = await marketer.get<Draft>(path);
  const changed = change(source);
  if (changed === source) throw new Error(`nothing to change in ${campaignId}`);
  await marketer.send('PUT', path, { source: changed, files }, { 'if-match': `"${revision}"` });
}

async function approve(operator: Caller, campaignId: string, maxAudience: number): Promise<string> {
  const path = `/campaigns/${campaignId}/draft`;
  const { hash } = await operator.get<Draft>(path);
  await operator.send('POST', `${path}/approvals`, { hash, maxAudience });
  return hash;
}

async function publish(operator: Caller, campaignId: string, maxAudience: number): Promise<void> {
  const hash = await approve(operator, campaignId, maxAudience);
  await operator.send('POST', `/campaigns/${campaignId}/draft/publish`, { hash });
}

async function decide({ marketer }: People): Promise<void> {
  for (const days of READ_DAYS_AGO) {
    const asOf = new Date(Date.now() - days * MS_PER_DAY).toISOString();
    await marketer.send('POST', `/campaigns/${GAME}/reads`, { asOf });
  }
  await marketer.send('POST', `/campaigns/${GAME}/reads`, { by: 'segment' });
  const { open } = await marketer.get<{ open: { proposalNo: number }[] }>(`/campaigns/${GAME}/thresholds`);
  if (open[0] && open.length > 1) {
    const reason = 'eight weeks of evidence say so';
    await marketer.send('POST', `/proposals/${open[0].proposalNo}/apply`, { reason });
  }
}

async function settleIn({ ada, operator }: People): Promise<void> {
  const { items } = await operator.get<Items<{ taskNo: number }>>('/tasks?limit=3');
  const [first, second] = items.map(({ taskNo }) => taskNo);
  if (first === undefined || second === undefined) throw new Error('the sample day made no tasks');
  await ada.send('POST', '/webhooks', { url: await listener() });
  await operator.send('POST', `/tasks/${first}/claim`, {});
  await operator.send('POST', `/tasks/${first}/note`, { note: 'Called at ten; wants to hear about delivery times.' });
  await operator.send('POST', `/tasks/${second}/claim`, {});
  await operator.send('POST', `/tasks/${second}/done`, { note: 'Reached. The refund is on its way.' });
  await ada.send('POST', '/invitations', { role: 'viewer' });
  await ada.send('POST', '/keys', { name: 'shop', scopes: ['events:write'], expiresIn: '90d' });
}

/** A system of the company that takes what webhooks send, while this process lives. */
function listener(): Promise<string> {
  const server = createServer((_request, response) => response.end());
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      server.unref();
      done(`http://127.0.0.1:${(server.address() as AddressInfo).port}/recallwave`);
    });
  });
}

async function findPlaces(ada: Caller): Promise<Places> {
  const { items } = await ada.get<Items<Wave>>('/waves?limit=200');
  const finished = waveOf(items, GAME).waveNo;
  const first = async <T>(path: string): Promise<T> => {
    const { items: rows } = await ada.get<Items<T>>(path);
    if (rows[0] === undefined) throw new Error(`${path} is empty`);
    return rows[0];
  };
  const ways = `/waves/${finished}/ways?limit=1`;
  return {
    campaign: GAME,
    finishedWave: finished,
    runningWave: waveOf(items, RUNNING).waveNo,
    contactedUser: (await first<{ userId: string }>(`${ways}&disposition=contacted`)).userId,
    blockedUser: (await first<{ userId: string }>(`${ways}&disposition=blocked&rung=caps`)).userId,
    mail: (await first<{ id: string }>('/inbox?channel=email&limit=1')).id,
    webhook: (await first<{ webhookNo: number }>('/webhooks')).webhookNo,
    task: (await first<{ taskNo: number }>('/tasks?limit=1')).taskNo,
  };
}

function waveOf(waves: readonly Wave[], id: string): Wave {
  // The oldest are waves of the past experiment; today's has people who were contacted.
  const found = waves.find(({ campaignId, trigger }) => campaignId === id && trigger !== 'recorded');
  if (!found) throw new Error(`${id} has no wave`);
  return found;
}

async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 120; tries++) {
    if (await holds()) return;
    await new Promise((wait) => setTimeout(wait, 500));
  }
  throw new Error(`waited a minute for ${what}`);
}
