import { z } from 'zod';
import { wakeDeliveries } from '../../app/control.ts';
import { home as homeOf } from '../../app/home.ts';
import { engageKill, killStatus, releaseKill } from '../../app/kill-switch.ts';
import { withTemporal } from '../../app/temporal-call.ts';
import { actorOf } from './principal.ts';
import { access, type RouteModule } from './route-module.ts';
import { home, killOrder, killResult, killStatusQuery, killSwitch } from './schemas/home.ts';

const READ = access('viewer', 'read');
const OPERATE = access('operator', 'waves:write');

/** What somebody sees first, and the switch that stops everything. */
export const homeRoutes: RouteModule = (v1, deps) => {
  const { db, now, temporal } = deps;
  const checkTemporal = (): Promise<void> =>
    withTemporal(temporal, async (client) => {
      await client.workflowService.getSystemInfo({});
    });
  v1.get(
    '/home',
    {
      config: READ,
      schema: {
        summary: 'Waves with progress, decisions that wait for a person, alarms, stops and health',
        response: { 200: home },
      },
    },
    async () => homeOf({ db, now: now(), checkTemporal }),
  );
  addKillSwitch(v1, deps);
};

const addKillSwitch: RouteModule = (v1, { db, temporal }) => {
  v1.get(
    '/kill-switches',
    {
      config: READ,
      schema: {
        summary: 'The switches in force, with `all` the last fifty',
        querystring: killStatusQuery,
        response: { 200: z.object({ items: z.array(killSwitch) }) },
      },
    },
    async (request) => ({ items: await killStatus({ db, all: request.query.all === 'true' }) }),
  );

  v1.post(
    '/kill-switches/engage',
    {
      config: OPERATE,
      schema: {
        summary: 'Stops all sending, or that of a campaign: in force for the next claim',
        body: killOrder,
        response: { 200: killResult },
      },
    },
    async (request) => ({ ...(await engageKill({ db, ...request.body, actor: actorOf(request) })), note: null }),
  );

  v1.post(
    '/kill-switches/release',
    {
      config: OPERATE,
      schema: {
        summary: 'Lets sending go on; the switch of everything and that of a campaign are released each by itself',
        body: killOrder,
        response: { 200: killResult },
      },
    },
    async (request) => {
      const result = await releaseKill({ db, ...request.body, actor: actorOf(request) });
      const { campaignId } = request.body;
      const woken =
        !result.changed ||
        (await withTemporal(temporal, (client) => wakeDeliveries(client, campaignId)).catch(() => null));
      const note = 'Temporal did not answer: waiting deliveries go on within the hour';
      return { ...result, note: woken === null ? note : null };
    },
  );
};
