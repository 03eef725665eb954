import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GAME, RUNNING, WAITING, type Items, type People, type Wave } from './company.ts';
import { approve, begin, edit, publish } from './drafts.ts';

/** Mails a second: the wave that is running is still running when the last picture is taken. */
const SLOWLY = 0.1;
const MS_PER_DAY = 86_400_000;
/** While the past experiment ran, and when its last windows had closed. */
const READ_DAYS_AGO = [84, 77, 70, 63, 56, 49, 42, 35];

/** A version is published; the next change was approved, and changed again. */
export async function changeGame({ marketer, operator }: People): Promise<void> {
  await edit(marketer, GAME, (source) => source.replace('holdout: 0.1', 'holdout: 0.12'));
  await publish(operator, GAME, 5_000);
  await edit(marketer, GAME, (source) => source.replace('minGap: 24h', 'minGap: 36h'));
  await approve(operator, GAME, 5_000);
  await edit(marketer, GAME, (source) => source.replace('lo: 0.5,', 'lo: 0.45,'));
}

/** Two campaigns from playbooks: one sends, the other has more users than were approved. */
export async function startWaves({ marketer, operator }: People): Promise<void> {
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

/** Reads over the weeks, and a proposal that is accepted. */
export async function decide({ marketer }: People): Promise<void> {
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

/** Tasks are taken and done, a colleague and a program are let in. */
export async function settleIn({ ada, operator }: People): Promise<void> {
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

async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 120; tries++) {
    if (await holds()) return;
    await new Promise((wait) => setTimeout(wait, 500));
  }
  throw new Error(`waited a minute for ${what}`);
}
