import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { WriteStream } from 'node:fs';

/** One customer of Hillstrom's e-mail challenge (2008), as far as it is used. */
interface Customer {
  /** Months since the last purchase, 1..12. */
  recency: number;
  /** Such as `2) $100 - $200`. */
  spend: string;
  history: string;
  mens: boolean;
  womens: boolean;
  zone: string;
  newbie: boolean;
  channel: string;
}

const DAY_MS = 86_400_000;
const USER_COLUMNS = 'user_id,email,locale,timezone,consent_email,recency,history,mens,womens,area,newbie,bought_by';

/**
 * Turns hillstrom.csv into users.csv and warnings.csv for the campaign in bench/hillstrom: score from recency, segment from
 * history_segment, reasons from newbie, channel, mens and womens. The same input gives the same files.
 */
export async function writeHillstrom(input: {
  source: string;
  folder: string;
  /** Customers to take; absent: all 64,000. */
  limit?: number;
  now: Date;
}): Promise<{ users: string; warnings: string; customers: number }> {
  await mkdir(input.folder, { recursive: true });
  const paths = { users: join(input.folder, 'users.csv'), warnings: join(input.folder, 'warnings.csv') };
  const users = createWriteStream(paths.users);
  const warnings = createWriteStream(paths.warnings);
  await write(users, `${USER_COLUMNS}\n`);
  await write(warnings, 'user_id,score,segment,reasons,raised_at,expires_at\n');
  const until = input.limit ?? Number.POSITIVE_INFINITY;
  let customers = 0;
  for await (const line of createInterface({ input: createReadStream(input.source), crlfDelay: Infinity })) {
    if (line.startsWith('recency') || line === '') continue;
    if (customers >= until) break;
    customers += 1;
    const customer = readCustomer(line);
    await write(users, userLine(customers, customer));
    await write(warnings, warningLine(customers, { customer, now: input.now }));
  }
  await Promise.all([users, warnings].map((stream) => finished(stream.end())));
  return { ...paths, customers };
}

async function write(stream: WriteStream, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain');
}

/** The file quotes cells with a comma: `"6) $750 - $1,000"`. */
function readCustomer(line: string): Customer {
  const cells = [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map((match) => match[1] ?? match[2] ?? '');
  const [recency = '', spend = '', history = '', mens, womens, zone = '', newbie, channel = ''] = cells;
  return {
    recency: Number(recency),
    spend,
    history,
    mens: mens === '1',
    womens: womens === '1',
    zone,
    newbie: newbie === '1',
    channel: channel.toLowerCase(),
  };
}

const userId = (number: number): string => `h${String(number).padStart(5, '0')}`;

function userLine(number: number, customer: Customer): string {
  const { recency, history, mens, womens, zone, newbie, channel } = customer;
  const address = `customer${number}@hillstrom.example`;
  return `${userId(number)},${address},en,America/New_York,true,${recency},${history},${mens},${womens},${zone},${newbie},${channel}\n`;
}

/** The longer nobody bought, the likelier the loss: the middle of the month on a scale of twelve. */
function warningLine(number: number, input: { customer: Customer; now: Date }): string {
  const { customer, now } = input;
  const score = ((customer.recency - 0.5) / 12).toFixed(4);
  const reasons = [
    customer.newbie ? 'newbie' : 'long_standing',
    `channel_${customer.channel}`,
    ...(customer.mens ? ['mens'] : []),
    ...(customer.womens ? ['womens'] : []),
  ];
  const raised = new Date(now.getTime() - DAY_MS).toISOString();
  const expires = new Date(now.getTime() + 30 * DAY_MS).toISOString();
  return `${userId(number)},${score},${segmentOf(customer.spend)},${reasons.join('|')},${raised},${expires}\n`;
}

/** `2) $100 - $200` as `spend-100-200`, `7) $1,000 +` as `spend-1000-up`. */
function segmentOf(spend: string): string {
  const [from = '0', to = 'up'] = spend.slice(spend.indexOf(')')).replaceAll(',', '').match(/\d+/g) ?? [];
  return `spend-${from}-${to}`;
}
