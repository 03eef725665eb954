import type { Db } from '../../db/connect.ts';
import { humanClicks } from '../../db/queries/receipts.ts';
import { answersOfUser } from '../../db/queries/survey-answers.ts';
import type { SuppressionRow } from '../../db/queries/suppressions.ts';
import { eventsSince, type ConsentRow, type UserRow } from '../../db/queries/users.ts';
import type { Campaign } from '../../domain/campaign.schema.ts';
import { formatMinor } from '../../domain/money.ts';
import type { Case } from './case.ts';

/** Something that happened to a user, in order of time. */
export interface HistoryLine {
  at: Date;
  kind: 'consent' | 'suppression' | 'outcome' | 'click' | 'answer';
  text: string;
}

/** Consent and suppression, oldest first. */
export function permissionHistory(
  consents: readonly ConsentRow[],
  suppressions: readonly SuppressionRow[],
): HistoryLine[] {
  const lines: HistoryLine[] = [
    ...consents.map(({ at, channel, category, granted, source, actor }): HistoryLine => {
      const what = granted ? 'consent to' : 'no consent to';
      const subject = channel ?? `the category ${category}`;
      return { at, kind: 'consent', text: `${what} ${subject} (${source}, ${actor})` };
    }),
    ...suppressions.flatMap((row): HistoryLine[] => [
      {
        at: row.at,
        kind: 'suppression',
        text: `suppressed on ${row.channel} by ${subject(row)}: ${row.reason} (${row.actor})`,
      },
      ...(row.liftedAt === null
        ? []
        : [
            {
              at: row.liftedAt,
              kind: 'suppression' as const,
              text: `suppression on ${row.channel} by ${subject(row)} lifted`,
            },
          ]),
    ]),
  ];
  return lines.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

const subject = (row: SuppressionRow): string => (row.address === null ? 'user' : 'address');

const MAX_EVENTS = 50;

/** What the user did after his entry (else after the decision): events, clicks on the messages of this wave and answers to their surveys. */
export async function outcomeHistory(
  db: Db,
  input: { user: UserRow; campaign: Campaign; cases: readonly Case[] },
): Promise<HistoryLine[]> {
  const [first] = input.cases;
  if (!first) return [];
  const since = first.entry?.openedAt ?? first.wave.decisionAt;
  const until = first.entry?.windowEndsAt;
  const events = await eventsSince(db, { userNo: input.user.userNo, since, limit: MAX_EVENTS });
  const lines = events.map((event): HistoryLine => {
    const value =
      event.valueMinor === null || event.currency === null
        ? ''
        : ` of ${formatMinor(event.valueMinor, event.currency)}`;
    const marks = [
      ...(input.campaign.returnEvents.includes(event.type) ? ['came back'] : []),
      ...(event.type === input.campaign.goal.event ? ['the goal'] : []),
      ...(until && event.occurredAt > until ? ['after the outcome window'] : []),
    ];
    const mark = marks.length > 0 ? ` (${marks.join(', ')})` : '';
    return { at: event.occurredAt, kind: 'outcome', text: `${event.type}${value}${mark}` };
  });
  const answers = await answersOfUser(db, input.user.userNo);
  for (const { message } of input.cases) {
    if (!message) continue;
    for (const { messageNo, reason, answeredAt } of answers) {
      if (messageNo !== message.messageNo) continue;
      lines.push({ at: answeredAt, kind: 'answer', text: `answered the survey of message ${messageNo}: ${reason}` });
    }
    const { clicks, firstAt } = await humanClicks(db, message.messageNo);
    if (firstAt)
      lines.push({
        at: firstAt,
        kind: 'click',
        text: `clicked a link of message ${message.messageNo} (${clicks} times)`,
      });
  }
  return lines.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}
