import { z } from 'zod';
import { namedCampaign } from '../../app/named.ts';
import { backfillDates, describeSchedules, triggerSchedule } from '../../app/schedules.ts';
import { withTemporal } from '../../app/temporal-call.ts';
import { actorOf } from './principal.ts';
import { access, type RouteModule } from './route-module.ts';
import { campaignParams } from './schemas/campaigns.ts';
import { backfill, backfillOrder, schedule, scheduleRun } from './schemas/schedules.ts';

const READ = access('viewer', 'read');
const OPERATE = access('operator', 'waves:write');

/** When campaigns run by themselves, and runs out of turn. */
export const scheduleRoutes: RouteModule = (v1, deps) => {
  const { db, temporal } = deps;
  v1.get(
    '/schedules',
    {
      config: READ,
      schema: {
        summary: 'The Schedule of each campaign and its next runs',
        response: { 200: z.object({ items: z.array(schedule) }) },
      },
    },
    async () => ({ items: await withTemporal(temporal, (client) => describeSchedules({ client, db })) }),
  );

  v1.get(
    '/campaigns/:campaignId/schedule',
    {
      config: READ,
      schema: { summary: 'The Schedule of a campaign', params: campaignParams, response: { 200: schedule } },
    },
    async (request) => {
      const campaignId = await namedCampaign(db, request.params.campaignId);
      const [line] = await withTemporal(temporal, (client) => describeSchedules({ client, db, campaignId }));
      if (!line) throw new Error('a named campaign has a line');
      return line;
    },
  );
  addRuns(v1, deps);
};

const addRuns: RouteModule = (v1, { db, temporal, now }) => {
  v1.post(
    '/campaigns/:campaignId/schedule/trigger',
    {
      config: OPERATE,
      schema: {
        summary: "Runs today's wave now, as the Schedule would; a second one finds the first",
        params: campaignParams,
        response: { 202: scheduleRun },
      },
    },
    async (request, reply) => {
      const campaignId = await namedCampaign(db, request.params.campaignId);
      const client = await temporal();
      const started = await triggerSchedule({ client, db, campaignId, actor: actorOf(request) });
      return reply.code(202).send({ campaignId, ...started });
    },
  );

  v1.post(
    '/campaigns/:campaignId/schedule/backfill',
    {
      config: OPERATE,
      schema: {
        summary:
          'Records what became of past dates: a finished wave is found, a missed one skipped; nothing is sent late',
        params: campaignParams,
        body: backfillOrder,
        response: { 202: backfill },
      },
    },
    async (request, reply) => {
      const campaignId = await namedCampaign(db, request.params.campaignId);
      const order = { db, campaignId, ...request.body, actor: actorOf(request), now: now() };
      await withTemporal(temporal, (client) => backfillDates({ client, ...order }));
      return reply.code(202).send({ campaignId, ...request.body });
    },
  );
};
