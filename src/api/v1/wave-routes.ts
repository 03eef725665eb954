import { z } from 'zod';
import { pageOfMessages, pageOfWaves, pageOfWays } from '../../app/waves/wave-lists.ts';
import { waveReturns as returnsOf, waveView } from '../../app/waves/wave-view.ts';
import { sendCsv, wantsCsv } from './csv.ts';
import { cutPage, pageOf, pageQuery, readCursor, type ListKey } from './cursor.ts';
import { counting, sendKept } from './kept-answer.ts';
import { MESSAGE_COLUMNS, WAVE_COLUMNS, WAY_COLUMNS } from './list-columns.ts';
import { access, type RouteModule } from './route-module.ts';
import { messageFilter, messageLine } from './schemas/messages.ts';
import { rowNo, waveFilter, waveReport, waveReturns, waveSummary, wayFilter, wayLine } from './schemas/waves.ts';

const READ = access('viewer', 'read');
const waveParams = z.object({ waveNo: rowNo });

/** Looking at waves: lists, the report, the users and messages behind each number. */
export const waveRoutes: RouteModule = (v1, deps) => {
  const { db, config, now } = deps;
  v1.get(
    '/waves',
    {
      config: { ...READ, alsoCsv: true },
      schema: {
        summary: 'Waves, newest first; also as text/csv',
        querystring: pageQuery.extend(waveFilter.shape),
        response: { 200: pageOf(waveSummary) },
      },
    },
    async (request, reply) => {
      const { cursor, limit, campaign, state, from, to } = request.query;
      const key: ListKey = { secret: config.linkSecret, list: 'waves', filters: { campaign, state, from, to } };
      const [beforeNo] = readCursor(key, cursor, z.tuple([z.int()])) ?? [null];
      const states = state === undefined ? undefined : [state];
      const rows = await pageOfWaves(db, { campaignId: campaign, states, from, to, beforeNo, limit: limit + 1 });
      const page = cutPage(rows, { key, limit, position: (row) => [row.waveNo], item: (row) => row });
      return wantsCsv(request) ? sendCsv(reply, page, WAVE_COLUMNS) : page;
    },
  );

  v1.get(
    '/waves/:waveNo',
    { config: READ, schema: { params: waveParams, response: { 200: waveReport } } },
    async (request) => waveView({ db, waveNo: request.params.waveNo, now: now() }),
  );

  v1.get(
    '/waves/:waveNo/returns',
    {
      config: READ,
      schema: {
        summary: 'Who came back, contacted and held out: the end of the waterfall',
        params: waveParams,
        response: { 200: waveReturns, 202: counting },
      },
    },
    (request, reply) => {
      const { waveNo } = request.params;
      const compute = (): ReturnType<typeof returnsOf> => returnsOf({ db, waveNo, now: now() });
      return sendKept(reply, { db, key: ['returns', waveNo], shape: waveReturns, compute });
    },
  );
  addWays(v1, deps);
  addMessages(v1, deps);
};

const addWays: RouteModule = (v1, { db, config, now }) => {
  v1.get(
    '/waves/:waveNo/ways',
    {
      config: { ...READ, alsoCsv: true },
      schema: {
        summary: 'The users behind each number of the waterfall; also as text/csv',
        params: waveParams,
        querystring: pageQuery.extend(wayFilter.shape),
        response: { 200: pageOf(wayLine) },
      },
    },
    async (request, reply) => {
      const { waveNo } = request.params;
      const { cursor, limit, ...filters } = request.query;
      const key: ListKey = { secret: config.linkSecret, list: `waves/${waveNo}/ways`, filters };
      const at = readCursor(key, cursor, z.tuple([z.int(), z.int()]));
      const after = at === undefined ? null : { step: at[0], userNo: at[1] };
      const { outcome, ...wish } = filters;
      const rows = await pageOfWays(db, {
        ...wish,
        ...(outcome !== undefined && { outcome: { kind: outcome, asOf: now() } }),
        waveNo,
        after,
        limit: limit + 1,
      });
      const page = cutPage(rows, { key, limit, position: (row) => [row.step, row.userNo], item: (row) => row });
      return wantsCsv(request) ? sendCsv(reply, page, WAY_COLUMNS) : page;
    },
  );
};

const addMessages: RouteModule = (v1, { db, config }) => {
  v1.get(
    '/waves/:waveNo/messages',
    {
      config: { ...READ, alsoCsv: true },
      schema: {
        summary: 'Messages of a wave with the evidence of those that failed or whose fate is unknown; also as text/csv',
        params: waveParams,
        querystring: pageQuery.extend(messageFilter.shape),
        response: { 200: pageOf(messageLine) },
      },
    },
    async (request, reply) => {
      const { waveNo } = request.params;
      const { cursor, limit, ...filters } = request.query;
      const key: ListKey = { secret: config.linkSecret, list: `waves/${waveNo}/messages`, filters };
      const [afterNo] = readCursor(key, cursor, z.tuple([z.int()])) ?? [0];
      const rows = await pageOfMessages(db, { ...filters, waveNo, afterNo, limit: limit + 1 });
      const page = cutPage(rows, { key, limit, position: (row) => [row.messageNo], item: (row) => row });
      return wantsCsv(request) ? sendCsv(reply, page, MESSAGE_COLUMNS) : page;
    },
  );
};
