import { z } from 'zod';
import { audienceUsers, type AudienceUser } from '../../app/campaigns/audience-users.ts';
import { sendCsv, wantsCsv, type CsvColumns } from './csv.ts';
import { cutPage, pageOf, pageQuery, readCursor, type ListKey } from './cursor.ts';
import { access, type RouteModule } from './route-module.ts';
import { audienceUser, audienceUserFilter, campaignParams, NO_ACTION } from './schemas/campaigns.ts';

const COLUMNS: CsvColumns<AudienceUser> = [
  ['user_id', (row) => row.userId],
  ['segment', (row) => row.segment],
  ['score', (row) => row.score],
  ['reasons', (row) => row.reasons.join('|')],
  ['raised_at', (row) => row.raisedAt],
  ['action', (row) => row.action],
  ['inside', (row) => row.inside],
  ['exploring', (row) => row.exploring],
  ['entered', (row) => row.entered],
];

/** The users behind the numbers of a campaign's audience. */
export const audienceRoutes: RouteModule = (v1, { db, config, now }) => {
  v1.get(
    '/campaigns/:campaignId/audience/users',
    {
      config: { ...access('viewer', 'read'), alsoCsv: true },
      schema: {
        summary: 'The users behind a number of the audience, by user number; also as text/csv',
        params: campaignParams,
        querystring: pageQuery.extend(audienceUserFilter.shape),
        response: { 200: pageOf(audienceUser) },
      },
    },
    async (request, reply) => {
      const { campaignId } = request.params;
      const { cursor, limit, ...filters } = request.query;
      const { at, action, entered, ...rest } = filters;
      const key: ListKey = { secret: config.linkSecret, list: `campaigns/${campaignId}/audience`, filters };
      const [afterNo] = readCursor(key, cursor, z.tuple([z.int()])) ?? [0];
      const found = await audienceUsers(db, {
        ...rest,
        campaignId,
        at: at === undefined ? now() : new Date(at),
        action: action === NO_ACTION ? null : action,
        entered: entered === undefined ? undefined : entered === 'true',
        afterNo,
        limit: limit + 1,
      });
      const page = cutPage(found, { key, limit, position: (row) => [row.userNo], item: (row) => row });
      return wantsCsv(request) ? sendCsv(reply, page, COLUMNS) : page;
    },
  );
};
