import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { importExperiment } from '../../app/experiment/import-experiment.ts';
import { importPage, keepsRejects, rejectsOf, type ImportRow } from '../../app/imports/import-log.ts';
import { importUpload, runUpload, runningImports } from '../../app/imports/upload.ts';
import { namedCampaign } from '../../app/named.ts';
import { cutPage, pageOf, pageQuery, readCursor, type ListKey } from './cursor.ts';
import { actorOf } from './principal.ts';
import { ApiProblem } from './problem.ts';
import { access, type RouteModule } from './route-module.ts';
import {
  experimentQuery,
  experimentReport,
  importFilter,
  importKind,
  importLine,
  importQuery,
  importReport,
  runningImport,
} from './schemas/imports.ts';
import { rowNo } from './schemas/waves.ts';
import { takeUploads, UPLOAD_TYPES, UploadBody } from './upload-body.ts';

const READ = access('viewer', 'read');

/** Files in, and what became of them. */
export const importRoutes: RouteModule = (v1, deps) => {
  const { db, config } = deps;
  v1.get(
    '/imports',
    {
      config: READ,
      schema: { querystring: pageQuery.extend(importFilter.shape), response: { 200: pageOf(importLine) } },
    },
    async (request) => {
      const { cursor, limit, kind } = request.query;
      const key: ListKey = { secret: config.linkSecret, list: 'imports', filters: { kind } };
      const [beforeNo] = readCursor(key, cursor, z.tuple([z.int()])) ?? [null];
      const found = await importPage(db, { kind, beforeNo, limit: limit + 1 });
      const item = ({ rejectsFile, ...row }: ImportRow): z.infer<typeof importLine> => ({
        ...row,
        hasRejects: keepsRejects(config.home, { rejectsFile }),
      });
      return cutPage(found, { key, limit, position: (row) => [row.importNo], item });
    },
  );

  v1.get(
    '/imports/running',
    { config: READ, schema: { response: { 200: z.object({ items: z.array(runningImport) }) } } },
    () => ({ items: runningImports() }),
  );

  v1.get(
    '/imports/:importNo/rejects',
    {
      config: access('operator', 'imports:write'),
      schema: {
        summary: 'The rows that were not taken, as text/csv: line, column, value, reason, row',
        params: z.object({ importNo: rowNo }),
        response: { 200: { content: { 'text/csv': { schema: z.string() } } } },
      },
    },
    async (request, reply) => {
      const { importNo } = request.params;
      const path = await rejectsOf(db, { home: config.home, importNo });
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="import-${importNo}.rejects.csv"`)
        .serializer((body: unknown) => body as string)
        .send(createReadStream(path) as never);
    },
  );
  void v1.register(async (scope) => {
    takeUploads(scope);
    addUpload(scope, deps);
    addExperiment(scope, deps);
  });
};

const addUpload: RouteModule = (v1, { db, config, now }) => {
  v1.post(
    '/imports/:kind',
    {
      config: access('operator', 'imports:write'),
      schema: {
        summary: 'Imports one file of up to 512 MiB as it arrives; the answer is the report',
        consumes: UPLOAD_TYPES,
        params: z.object({ kind: importKind }),
        querystring: importQuery,
        body: z.any().describe('the file'),
        response: { 200: importReport },
      },
    },
    async (request) => {
      const body: unknown = request.body;
      if (!(body instanceof UploadBody)) throw noFile;
      const { source = 'upload', allowExpired, retype, currency } = request.query;
      try {
        const { rejectsFile, ...report } = await importUpload({
          db,
          home: config.home,
          kind: request.params.kind,
          body: body.chunks(),
          totalBytes: body.totalBytes,
          sourceName: source,
          actor: actorOf(request),
          now: now(),
          options: {
            ...(body.format !== undefined && { format: body.format }),
            ...(allowExpired !== undefined && { allowExpired }),
            ...(retype !== undefined && { retype }),
            ...(currency !== undefined && { currency }),
            pushHosts: config.pushHosts,
          },
        });
        return { ...report, hasRejects: rejectsFile !== null };
      } finally {
        // What was not read must be, or a browser that still sends never sees the answer.
        request.raw.resume();
      }
    },
  );
};

const addExperiment: RouteModule = (v1, { db, config, now }) => {
  v1.post(
    '/experiments',
    {
      config: access('operator', 'imports:write'),
      schema: {
        summary: 'Brings a past experiment in as entries of a campaign, as if it had been run here; nothing is sent',
        consumes: UPLOAD_TYPES,
        querystring: experimentQuery,
        body: z.any().describe('recorded.csv or JSON lines'),
        response: { 200: experimentReport },
      },
    },
    async (request) => {
      const body: unknown = request.body;
      if (!(body instanceof UploadBody)) throw noFile;
      const { campaign, source = 'upload' } = request.query;
      const upload = { home: config.home, kind: 'recorded', sourceName: source, now: now() } as const;
      const order = { ...upload, totalBytes: body.totalBytes, actor: actorOf(request) };
      try {
        // Never a path: who sends a file here must not name another one of the server.
        const name = await namedCampaign(db, campaign);
        const { rejectsFile, ...report } = await runUpload(order, (files) =>
          importExperiment({
            db,
            ...order,
            path: body.chunks(),
            campaign: name,
            ...files,
            ...(body.format !== undefined && { format: body.format }),
          }),
        );
        return { ...report, hasRejects: rejectsFile !== null };
      } finally {
        request.raw.resume();
      }
    },
  );
};

const noFile = new ApiProblem({
  status: 415,
  code: 'media_type',
  detail: 'the body is no file',
  fix: `send the file itself as ${UPLOAD_TYPES.join(', ')}`,
});
