import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readInbox } from '../../src/channels/stand-ins/inbox.ts';
import { linesBackwards } from '../../src/channels/stand-ins/lines-backwards.ts';

const folder = await mkdtemp(join(tmpdir(), 'recallwave-lines-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function linesOf(text: string): Promise<string[]> {
  const path = join(folder, 'file');
  await writeFile(path, text);
  const found: string[] = [];
  for await (const line of linesBackwards(path)) found.push(line.toString('utf8'));
  return found;
}

test('lines come last first, whatever their length and wherever a chunk is cut', async () => {
  for (const size of [1, 10, 1_048_575, 1_048_576, 1_048_577, 3_000_000]) {
    const lines = ['first', 'ü'.repeat(size), '', 'x'.repeat(size), 'last'];
    expect(await linesOf(`${lines.join('\n')}\n`)).toEqual(lines.toReversed());
  }
});

test('a line that is being written is left out, and an empty or missing file has none', async () => {
  expect(await linesOf('whole\nhal')).toEqual(['whole']);
  expect(await linesOf('hal')).toEqual([]);
  expect(await linesOf('')).toEqual([]);
  expect(await readInbox(join(folder, 'nowhere'))).toEqual([]);
});

test('the inbox goes on in the older file, and passes over lines that do not hold what is asked for', async () => {
  const line = (at: number, channel: string) =>
    `${JSON.stringify({ at: String(at), channel, deliveryId: null, to: 'a' })}\n`;
  await writeFile(join(folder, 'inbox.1.jsonl'), line(1, 'email') + line(2, 'sms') + 'torn {\n');
  await writeFile(join(folder, 'inbox.jsonl'), line(3, 'sms') + line(4, 'email') + '{"at":"5","chan');
  const times = async (question: object) => (await readInbox(folder, question)).map((message) => message.at);
  expect(await times({})).toEqual(['4', '3', '2', '1']);
  expect(await times({ limit: 2 })).toEqual(['4', '3']);
  expect(await times({ holds: [['"channel":"sms"']] })).toEqual(['3', '2']);
  expect(await times({ match: ({ channel }: { channel: string }) => channel === 'email' })).toEqual(['4', '1']);
});
