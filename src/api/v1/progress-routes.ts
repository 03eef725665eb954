import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { mustFindWave, waveProgress as progressOf } from '../../app/waves/wave-view.ts';
import type { Language } from '../../app/languages/tell.ts';
import { access, type ApiDeps, type RouteModule } from './route-module.ts';
import { progressEvent, rowNo, waveProgress } from './schemas/waves.ts';
import { languageOf, speak } from './speak.ts';

const LOOK_EVERY_MS = 1_000;
/** Looking may take this part of the time at most: a wave of a million is looked at less often. */
const LOOKING_SHARE = 0.1;
const HEARTBEAT_MS = 15_000;
/** The browser then connects again, and who was locked out meanwhile is refused. */
const LONGEST_MS = 10 * 60_000;

/** Live progress of a wave by server-sent events. */
export const progressRoutes: RouteModule = (v1, deps) => {
  const open = new Set<AbortController>();
  v1.addHook('preClose', (done) => {
    for (const stream of open) stream.abort();
    done();
  });

  v1.get(
    '/waves/:waveNo/progress',
    {
      config: access('viewer', 'read'),
      schema: {
        summary: 'Server-sent events: `progress` with how far the wave is, when it changed; `over` is the last one',
        params: z.object({ waveNo: rowNo }),
        response: { 200: { content: { 'text/event-stream': { schema: progressEvent } } } },
      },
    },
    async (request, reply) => {
      const { waveNo } = request.params;
      await mustFindWave(deps.db, waveNo);
      const stop = new AbortController();
      open.add(stop);
      const stream = Readable.from(events({ deps, waveNo, signal: stop.signal, language: languageOf(request) }), {
        objectMode: false,
      });
      stream.on('close', () => {
        stop.abort();
        open.delete(stop);
      });
      void reply
        .type('text/event-stream; charset=utf-8')
        .header('x-accel-buffering', 'no')
        .serializer((body: unknown) => body as string);
      return reply.send(stream as never);
    },
  );
};

interface Watched {
  deps: ApiDeps;
  waveNo: number;
  signal: AbortSignal;
  language: Language;
}

async function* events({ deps, waveNo, signal, language }: Watched): AsyncGenerator<string> {
  const until = Date.now() + LONGEST_MS;
  let [shown, spokeAt] = ['', 0];
  while (!signal.aborted && Date.now() < until) {
    const startedAt = Date.now();
    const progress = await progressOf({ db: deps.db, waveNo, now: deps.now() }).catch(() => null);
    // What only the clock moves is no news.
    const news = JSON.stringify({ ...progress, at: null });
    if (progress === null) {
      yield ': the database does not answer\n\n';
    } else if (news !== shown) {
      [shown, spokeAt] = [news, Date.now()];
      yield `event: progress\ndata: ${JSON.stringify(speak(waveProgress.parse(progress), { schema: waveProgress, language }))}\n\n`;
    } else if (Date.now() - spokeAt >= HEARTBEAT_MS) {
      spokeAt = Date.now();
      yield ': still here\n\n';
    }
    if (progress?.over === true) return yield 'event: over\ndata: {}\n\n';
    const pause = Math.max(LOOK_EVERY_MS, (Date.now() - startedAt) / LOOKING_SHARE);
    await wait(pause, undefined, { signal }).catch(() => undefined);
  }
}
