import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import webpush from 'web-push';
import type { Vapid } from './web-push.ts';

/** The VAPID keys of an installation without configured ones, made once and kept in `home`/vapid.json. */
export async function keptVapidKeys(home: string): Promise<Vapid> {
  const file = join(home, 'vapid.json');
  await mkdir(home, { recursive: true });
  const made = { ...webpush.generateVAPIDKeys(), subject: 'mailto:operator@example.com' };
  // 'wx' lets the first of several processes win; the others read what it wrote.
  await writeFile(file, JSON.stringify(made), { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return JSON.parse(await readFile(file, 'utf8')) as Vapid;
}
