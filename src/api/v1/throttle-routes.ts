import { z } from 'zod';
import { wakeDeliveries } from '../../app/control.ts';
import { withTemporal } from '../../app/temporal-call.ts';
import { changeThrottle, resumeStopped, throttles } from '../../app/throttle.ts';
import { actorOf } from './principal.ts';
import { access, type RouteModule } from './route-module.ts';
import { resumedProvider, throttleChange, throttleList } from './schemas/wave-orders.ts';
import { channelName, waveOrder } from './schemas/waves.ts';

const OPERATE = access('operator', 'waves:write');
const params = z.object({ channel: channelName });

/** Messages per second of each provider, over all workers. */
export const throttleRoutes: RouteModule = (v1, { db, temporal }) => {
  v1.get('/throttles', { config: access('viewer', 'read'), schema: { response: { 200: throttleList } } }, async () => ({
    items: await throttles(db),
  }));

  v1.put(
    '/throttles/:channel',
    { config: OPERATE, schema: { params, body: throttleChange, response: { 200: throttleList } } },
    async (request) => {
      const { ratePerS } = request.body;
      return { items: await changeThrottle({ db, name: request.params.channel, ratePerS, actor: actorOf(request) }) };
    },
  );

  v1.post(
    '/throttles/:channel/resume',
    {
      config: OPERATE,
      schema: {
        summary: 'Lets a provider send again that was stopped for wrong credentials or a suspended account',
        params,
        body: waveOrder,
        response: { 200: resumedProvider },
      },
    },
    async (request) => {
      const order = { db, name: request.params.channel, actor: actorOf(request), reason: request.body.reason };
      const { changed, throttles: items } = await resumeStopped(order);
      const woken = !changed || (await withTemporal(temporal, (client) => wakeDeliveries(client)).catch(() => null));
      const note = 'Temporal did not answer: waiting deliveries go on within the hour';
      return { changed, items, note: woken === null ? note : null };
    },
  );
};
