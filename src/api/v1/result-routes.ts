import { z } from 'zod';
import { campaignGoals, changesOf, keptRead, pageOfReads, resultPoints } from '../../app/results-over-time.ts';
import { PICTURE_POLICY, repeatRead, results, resultsHtml } from '../../app/results.ts';
import { sendCsv, wantsCsv } from './csv.ts';
import { cutPage, pageOf, pageQuery, readCursor, type ListKey } from './cursor.ts';
import { counting, sendKept } from './kept-answer.ts';
import { READ_COLUMNS } from './list-columns.ts';
import { actorOf } from './principal.ts';
import { access, type RouteModule } from './route-module.ts';
import {
  change,
  goalProgress,
  pageLanguage,
  periodQuery,
  readLine,
  readOrder,
  repeatedRead,
  resultPoint,
  resultsReport,
  storedRead,
} from './schemas/results.ts';
import { campaignId, rowNo } from './schemas/waves.ts';

const READ = access('viewer', 'read');
const campaignParams = z.object({ campaignId });
const readParams = z.object({ readNo: rowNo });
const listOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) });

/** What came of a campaign. A read is made by POST, since it is kept, and shown by GET. */
export const resultRoutes: RouteModule = (v1, deps) => {
  const { db, config, now } = deps;
  v1.post(
    '/campaigns/:campaignId/reads',
    {
      config: access('marketer', 'read'),
      schema: {
        summary: 'Reads a campaign: verdict, arms against the held-out, money, harm; the read is kept',
        params: campaignParams,
        body: readOrder,
        response: { 201: resultsReport },
      },
    },
    async (request, reply) => {
      const { asOf, by = null } = request.body;
      const [at, campaign] = [now(), request.params.campaignId];
      const moment = asOf === undefined ? at : new Date(asOf);
      const report = await results({ db, campaign, asOf: moment, now: at, by, actor: actorOf(request) });
      return reply.code(201).send(report);
    },
  );

  v1.get(
    '/campaigns/:campaignId/reads',
    {
      config: { ...READ, alsoCsv: true },
      schema: {
        summary: 'Kept reads, newest first; also as text/csv',
        params: campaignParams,
        querystring: pageQuery,
        response: { 200: pageOf(readLine) },
      },
    },
    async (request, reply) => {
      const { campaignId: campaign } = request.params;
      const { cursor, limit } = request.query;
      const key: ListKey = { secret: config.linkSecret, list: `campaigns/${campaign}/reads` };
      const [beforeNo] = readCursor(key, cursor, z.tuple([z.int()])) ?? [null];
      const rows = await pageOfReads(db, { campaignId: campaign, beforeNo, limit: limit + 1 });
      const page = cutPage(rows, { key, limit, position: (row) => [row.readNo], item: (row) => row });
      return wantsCsv(request) ? sendCsv(reply, page, READ_COLUMNS) : page;
    },
  );
  addReads(v1, deps);
  addOverTime(v1, deps);
};

const addReads: RouteModule = (v1, { db }) => {
  v1.get(
    '/reads/:readNo',
    { config: READ, schema: { params: readParams, response: { 200: storedRead, 202: counting } } },
    (request, reply) => {
      const { readNo } = request.params;
      return sendKept(reply, { db, key: ['read', readNo], shape: storedRead, compute: () => keptRead(db, readNo) });
    },
  );

  v1.get(
    '/reads/:readNo/repeat',
    {
      config: READ,
      schema: {
        summary: 'Computes a kept read again from its kept inputs and compares to the last digit',
        params: readParams,
        response: { 200: repeatedRead },
      },
    },
    async (request) => {
      const { readNo, same, differences } = await repeatRead({ db, readNo: request.params.readNo });
      return { readNo, same, differences };
    },
  );

  v1.get(
    '/reads/:readNo/page',
    {
      config: READ,
      schema: {
        summary: 'A kept read as one HTML page for printing; it needs nothing else and runs no script',
        params: readParams,
        querystring: pageLanguage,
        response: { 200: { content: { 'text/html': { schema: z.string() } } } },
      },
    },
    async (request, reply) => {
      const report = await keptRead(db, request.params.readNo);
      const page = await resultsHtml({ db, report, language: request.query.language });
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', `${PICTURE_POLICY}; sandbox; frame-ancestors 'self'`)
        .header('x-frame-options', 'SAMEORIGIN')
        .serializer((body: unknown) => String(body))
        .send(page);
    },
  );
};

const addOverTime: RouteModule = (v1, { db, now }) => {
  v1.get(
    '/campaigns/:campaignId/results-over-time',
    {
      config: READ,
      schema: {
        summary: 'The effect on the goal by the newest kept read of each day, oldest first',
        params: campaignParams,
        querystring: periodQuery,
        response: { 200: listOf(resultPoint) },
      },
    },
    async (request) => ({ items: await resultPoints(db, { ...request.params, ...period(request.query, now()) }) }),
  );

  v1.get(
    '/campaigns/:campaignId/changes',
    {
      config: READ,
      schema: {
        summary: 'What changed a campaign: versions, thresholds, alarms, stops; newest first, at most 200',
        params: campaignParams,
        querystring: periodQuery,
        response: { 200: listOf(change) },
      },
    },
    async (request) => ({ items: await changesOf(db, { ...request.params, ...period(request.query, now()) }) }),
  );

  v1.get(
    '/campaigns/:campaignId/goals',
    {
      config: READ,
      schema: {
        summary: 'The goals of the campaign file against what came',
        params: campaignParams,
        response: { 200: listOf(goalProgress), 202: counting },
      },
    },
    (request, reply) => {
      const { campaignId: campaign } = request.params;
      const compute = async () => ({ items: await campaignGoals(db, { campaignId: campaign, asOf: now() }) });
      return sendKept(reply, { db, key: ['goals', campaign], shape: listOf(goalProgress), compute });
    },
  );
};

function period(
  query: { from?: string | undefined; to?: string | undefined },
  now: Date,
): { from: Date | undefined; to: Date } {
  const { from, to } = query;
  return { from: from === undefined ? undefined : new Date(from), to: to === undefined ? now : new Date(to) };
}
