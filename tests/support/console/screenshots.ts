import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { findChromium, launchChromium } from '../chromium.ts';
import {
  ALL_PICTURES,
  DOCS_PICTURES,
  LOOKS,
  openPage,
  picturesOfDocs,
  take,
  visit,
  type Look,
} from './screenshots/camera.ts';
import { startSample } from './screenshots/installation.ts';
import { addressOf, SHOTS, type Shot } from './screenshots/shots.ts';
import { tellStory, type Places } from './screenshots/story.ts';

const USAGE = `npm run screenshots -- [--only name,name] [--everywhere] [--home FOLDER]
  --only        these pictures: ${SHOTS.map(({ name }) => name).join(', ')}
  --everywhere  each of them in both languages, both schemes and on a phone
  --home        keep the installation in this folder and use it again`;

interface Wanted {
  shots: readonly Shot[];
  everywhere: boolean;
  home: string | undefined;
}

interface Round {
  browser: Browser;
  url: string;
  cookie: string;
  places: Places;
}

const note = (line: string): boolean => process.stderr.write(`${line}\n`);

function wanted(): Wanted {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, everywhere: { type: 'boolean' }, home: { type: 'string' } },
  });
  const names = values.only?.split(',').map((name) => name.trim());
  const unknown = names?.filter((name) => SHOTS.every((shot) => shot.name !== name)) ?? [];
  if (unknown.length > 0) throw new Error(`there is no picture ${unknown.join(', ')}\n${USAGE}`);
  return {
    shots: SHOTS.filter(({ name }) => names?.includes(name) ?? true),
    everywhere: values.everywhere ?? false,
    home: values.home,
  };
}

/** Takes the pictures of one look; the names of those that failed, with why. */
async function takeRound(round: Round, look: Look, shots: readonly Shot[]): Promise<string[]> {
  const docs = picturesOfDocs();
  const failed: string[] = [];
  for (const [number, shot] of shots.entries()) {
    const file = `${shot.name}${look.suffix}.png`;
    const picture = { shot, look, forDocs: docs.has(file) };
    // A busy machine lets a page time out that comes at once the next time.
    const fault = (await takePicture(round, picture)) && (await takePicture(round, picture));
    note(`${number + 1}/${shots.length} ${file}${fault ? ` FAILED: ${fault}` : ''}`);
    if (fault) failed.push(file);
  }
  return failed;
}

/** Takes one picture; why it could not, else null. */
async function takePicture(
  { browser, url, cookie, places }: Round,
  { shot, look, forDocs }: { shot: Shot; look: Look; forDocs: boolean },
): Promise<string | null> {
  const page = await openPage(browser, { url, cookie: shot.screen === 'login' ? undefined : cookie, look });
  try {
    await visit(page, { url: `${url}${addressOf(shot, places)}`, shot, places });
    await take(page, { shot, look, forDocs });
    return null;
  } catch (error) {
    return String(error).split('\n')[0] ?? 'no reason';
  } finally {
    await page.context().close();
  }
}

async function main(): Promise<void> {
  const { shots, everywhere, home } = wanted();
  const executable = findChromium();
  if (executable === undefined) {
    throw new Error('no Chromium here: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH');
  }
  await Promise.all([ALL_PICTURES, DOCS_PICTURES].map((folder) => mkdir(folder, { recursive: true })));
  const installation = await startSample(home, note);
  process.once('SIGINT', () => void installation.stop().finally(() => process.exit(130)));
  try {
    const { ada, places } = await tellStory(installation, note);
    const browser = await launchChromium(executable);
    const failed: string[] = [];
    for (const look of LOOKS) {
      await ada.send('PATCH', '/me', { locale: look.locale });
      const chosen = shots.filter((shot) => look.suffix === '' || everywhere || shot.everyLook);
      // What a person does before is written with the English labels.
      const doable = chosen.filter(({ act }) => act === undefined || look.locale === 'en');
      failed.push(...(await takeRound({ browser, url: installation.url, cookie: ada.cookie, places }, look, doable)));
    }
    await browser.close();
    note(`whole pages are in ${ALL_PICTURES}, those of the docs in ${DOCS_PICTURES}`);
    if (failed.length > 0) throw new Error(`failed: ${failed.join(', ')}`);
  } finally {
    await installation.stop();
  }
}

await main().catch((error: unknown) => {
  note(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
