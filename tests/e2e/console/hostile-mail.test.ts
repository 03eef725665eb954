import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../../src/config/read-config.ts';
import { startConsole, type RunningConsole } from '../../support/console/open-console.ts';
import { freshDatabase } from '../../support/database.ts';

const { db } = await freshDatabase();
const home = await mkdtemp(join(tmpdir(), 'recallwave-hostile-'));
/** What anybody outside was asked for. */
const reached: string[] = [];
let outside: Server;
let running: RunningConsole;

/** Every way by which a mail tries to run something, to load from outside, or to lead away. */
const hostile = (away: string): string => `<html><head>
  <meta http-equiv="refresh" content="0;url=${away}/refresh">
  <base href="${away}/">
  <link rel="stylesheet" href="${away}/style.css">
  <style>@import url(${away}/import.css); body { background: url(${away}/background.png) }</style>
  <script src="${away}/script.js"></script>
  <script>document.title = 'taken over'; parent.postMessage('taken over', '*')</script>
</head><body onload="document.title = 'taken over'">
  <p>Dear customer</p>
  <img src="${away}/pixel.png" onerror="document.title = 'taken over'">
  <img src="x" srcset="${away}/set.png 1x">
  <svg onload="document.title = 'taken over'"><image href="${away}/svg.png"></image></svg>
  <video src="${away}/video.mp4" poster="${away}/poster.png" autoplay></video>
  <iframe src="${away}/frame"></iframe><object data="${away}/object"></object><embed src="${away}/embed">
  <a id="run" href="javascript:document.title='taken over'">Click me</a>
  <a id="leave" href="${away}/link" target="_top">Leave</a>
  <form action="${away}/form" method="post"><input name="secret"><button id="send">Send</button></form>
</body></html>`;

beforeAll(async () => {
  outside = createServer((request, response) => {
    reached.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((listening) => outside.listen(0, '127.0.0.1', listening));
  const away = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
  await mkdir(join(home, 'stand-ins'), { recursive: true });
  const source = [
    'From: Shop <shop@example.test>',
    'To: Ann <ann@example.test>',
    'Subject: <img src=x onerror=alert(1)>',
    'Content-Type: text/html; charset=utf-8',
    '',
    hostile(away),
  ].join('\r\n');
  const mail = { at: '2026-05-20T12:00:01.000Z', channel: 'email', deliveryId: 'm-1', to: 'ann@example.test', source };
  await writeFile(join(home, 'stand-ins', 'inbox.jsonl'), `${JSON.stringify(mail)}\n`);
  running = await startConsole(db, { config: readConfig({ RECALLWAVE_HOME: home }) });
}, 180_000);
afterAll(async () => {
  await running?.close();
  outside?.close();
  await rm(home, { recursive: true, force: true });
});

test('a hostile mail in the inbox runs nothing, loads nothing from outside, and leads nowhere', async () => {
  const { page, context } = await running.open('operator', { path: '/inbox/email/m-1' });
  const frame = page.locator('iframe[title="The mail as its recipient sees it"]').contentFrame();
  await frame.getByText('Dear customer').waitFor();
  for (const id of ['#run', '#leave', '#send']) await frame.locator(id).click({ force: true });
  await page.waitForTimeout(500);
  expect(reached).toEqual([]);
  expect(await page.title()).not.toContain('taken over');
  expect(new URL(page.url()).pathname).toBe('/inbox/email/m-1');
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('<img src=x onerror=alert(1)>');
  await context.close();
});

test('opened by itself, out of its frame, the mail can do no more', async () => {
  const { page, context } = await running.open('operator', { path: '/inbox' });
  const path = `${running.api.url}/v1/inbox/mail/m-1/body`;
  await page.goto(path);
  await page.getByText('Dear customer').waitFor();
  for (const id of ['#run', '#leave', '#send']) await page.locator(id).click({ force: true });
  await page.waitForTimeout(500);
  expect(reached).toEqual([]);
  expect(await page.title()).toBe('');
  expect(page.url()).toBe(path);
  await context.close();
});
