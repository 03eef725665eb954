import { DEMO_PASSWORD } from '../../../../src/app/demo/demo-accounts.ts';
import { logIn, takeLink, type Caller } from './caller.ts';
import { GAME, RUNNING, waveOf, type Items, type People, type Wave } from './company.ts';
import type { Installation } from './installation.ts';
import { answerSurvey, importMore } from './users-of-day.ts';
import { changeGame, decide, settleIn, startWaves } from './work-of-day.ts';

const PASSWORD = 'only for the screenshots';

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
    await answerSurvey(people.operator, waveOf(items, GAME));
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
