import type { Caller } from './caller.ts';
import type { Items, People, Wave } from './company.ts';
import { newPlayers, playersBack } from './new-players.ts';

const ANSWERS = [
  ['content_used_up', ''],
  ['competitor', 'My friends all play something else now.'],
  ['content_used_up', ''],
  ['level_too_hard', 'The new levels are no fun alone.'],
] as const;

/** New players and their warnings come in, and some players are back. */
export async function importMore({ operator }: People, { waveNo }: Wave): Promise<void> {
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

/** Some of those who were asked why they left follow the link in their mail and answer. */
export async function answerSurvey(operator: Caller, { waveNo }: Wave): Promise<void> {
  const messages = await operator.get<Items<{ action: string; deliveryId: string }>>(
    `/waves/${waveNo}/messages?channel=email&limit=200`,
  );
  const asked = messages.items.filter(({ action }) => action === 'ask-why');
  for (const [number, [reason, comment]] of ANSWERS.entries()) {
    const deliveryId = asked[number]?.deliveryId;
    if (deliveryId === undefined) return;
    const mail = await operator.get<{ links: { url: string }[] }>(`/inbox/email/${deliveryId}`);
    const page = mail.links.find(({ url }) => new URL(url).pathname.startsWith('/s/'));
    if (!page) throw new Error(`the mail ${deliveryId} has no link to the survey`);
    const response = await fetch(page.url, { method: 'POST', body: new URLSearchParams({ reason, comment }) });
    if (!response.ok) throw new Error(`the survey answered ${response.status}`);
  }
}
