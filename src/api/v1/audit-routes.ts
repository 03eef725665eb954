import { z } from 'zod';
import { verifyAudit } from '../../app/audit-verification.ts';
import { auditPage } from '../../app/audit.ts';
import { atLeast } from '../../domain/roles.ts';
import { cutPage, pageOf, pageQuery, readCursor } from './cursor.ts';
import { sendCsv, wantsCsv, type CsvColumns } from './csv.ts';
import { access, type Principal, type RouteModule } from './route-module.ts';
import { auditFilter, auditRow, auditVerification } from './schemas/audit.ts';

type Line = z.infer<typeof auditRow>;

const COLUMNS: CsvColumns<Line> = [
  ['audit_no', (line) => line.auditNo],
  ['at', (line) => line.at],
  ['actor', (line) => line.actor],
  ['action', (line) => line.action],
  ['subject', (line) => line.subject],
  ['details', (line) => (line.details === null ? null : JSON.stringify(line.details))],
  ['hash', (line) => line.hash],
];

/** What people and programs changed, and whether the log of it is whole. */
export const auditRoutes: RouteModule = (v1, { db, config }) => {
  v1.get(
    '/audit',
    {
      config: { ...access('viewer', 'read'), alsoCsv: true },
      schema: { querystring: pageQuery.extend(auditFilter.shape), response: { 200: pageOf(auditRow) } },
    },
    async (request, reply) => {
      const { cursor, limit, from, to, ...filter } = request.query;
      const key = { secret: config.linkSecret, list: 'audit', filters: { ...filter, from, to } };
      const position = readCursor(key, cursor, z.tuple([z.int()]));
      const found = await auditPage({
        db,
        ...filter,
        ...(from !== undefined && { from: new Date(from) }),
        ...(to !== undefined && { to: new Date(to) }),
        beforeNo: position?.[0] ?? null,
        limit: limit + 1,
      });
      const details = seesDetails(request.principal);
      const page = cutPage(found, {
        key,
        limit,
        position: (row) => [row.auditNo],
        item: (row) => (details ? row : { ...row, details: null }),
      });
      return wantsCsv(request) ? sendCsv(reply, page, COLUMNS) : page;
    },
  );

  v1.get(
    '/audit/verification',
    { config: access('operator', 'admin'), schema: { response: { 200: auditVerification } } },
    () => verifyAudit({ db }),
  );
};

function seesDetails(principal: Principal | null): boolean {
  return principal?.kind === 'person'
    ? atLeast(principal.role, 'operator')
    : (principal?.scopes.includes('admin') ?? false);
}
