import { z } from 'zod';
import { receipt as receiptOf } from '../../app/receipt.ts';
import { settleMessage, settleWave } from '../../app/unknown.ts';
import { actorOf } from './principal.ts';
import { access, type RouteModule } from './route-module.ts';
import { receipt, settled, settlement } from './schemas/messages.ts';
import { rowNo } from './schemas/waves.ts';

const OPERATE = access('operator', 'waves:write');

/** One message: its receipt, and what became of it by a person's word. */
export const messageRoutes: RouteModule = (v1, { db }) => {
  v1.get(
    '/messages/:messageNo',
    {
      config: access('viewer', 'read'),
      schema: {
        summary: 'The receipt: what went in, by which versions and chances, what was reserved, what came back',
        params: z.object({ messageNo: rowNo }),
        response: { 200: receipt },
      },
    },
    async (request) => receiptOf({ db, id: String(request.params.messageNo) }),
  );

  v1.post(
    '/messages/:messageNo/settlement',
    {
      config: OPERATE,
      schema: {
        summary: 'Says what became of a message whose fate is unknown, after a look at the provider',
        params: z.object({ messageNo: rowNo }),
        body: settlement,
        response: { 200: settled },
      },
    },
    async (request) => {
      const { fate, reason } = request.body;
      const order = { db, as: fate, reason, actor: actorOf(request), messageNo: request.params.messageNo };
      return { ...(await settleMessage(order)), fate };
    },
  );

  v1.post(
    '/waves/:waveNo/settlement',
    {
      config: OPERATE,
      schema: {
        summary: 'The same for every unknown message of a wave',
        params: z.object({ waveNo: rowNo }),
        body: settlement,
        response: { 200: settled },
      },
    },
    async (request) => {
      const { fate, reason } = request.body;
      const order = { db, as: fate, reason, actor: actorOf(request), wave: String(request.params.waveNo) };
      return { ...(await settleWave(order)), fate };
    },
  );
};
