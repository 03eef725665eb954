import { z } from 'zod';
import { abortWave, pauseWave, resumeWave } from '../../app/control.ts';
import { namedCampaign } from '../../app/named.ts';
import { prove } from '../../app/prove.ts';
import { rehearse } from '../../app/rehearse.ts';
import { approveWave, runStatus as statusOf, startRun } from '../../app/waves/runs.ts';
import { mustFindWave } from '../../app/waves/wave-view.ts';
import { actorOf } from './principal.ts';
import { access, type RouteModule } from './route-module.ts';
import { proof, rehearsal, rehearsalOrder, runOrder, runStatus, startedWave } from './schemas/wave-orders.ts';
import { campaignId, rowNo, waveChange, waveOrder } from './schemas/waves.ts';

const OPERATE = access('operator', 'waves:write');
const waveParams = z.object({ waveNo: rowNo });
const campaignParams = z.object({ campaignId });

/** What a person does with waves: rehearse, run, approve, pause, resume, abort, prove. */
export const waveOrderRoutes: RouteModule = (v1, deps) => {
  addControl(v1, deps);
  addRuns(v1, deps);
  const { db, now, standIns } = deps;
  v1.post(
    '/campaigns/:campaignId/rehearsals',
    {
      config: access('marketer', 'read'),
      schema: {
        summary: 'What a wave would do, by the code that does it; nothing is written or sent',
        params: campaignParams,
        body: rehearsalOrder,
        response: { 200: rehearsal },
      },
    },
    async (request) => {
      const { at } = request.body;
      const named = await namedCampaign(db, request.params.campaignId);
      return rehearse({ db, campaignId: named, decisionAt: at === undefined ? now() : new Date(at) });
    },
  );

  v1.post(
    '/waves/:waveNo/proofs',
    {
      config: access('viewer', 'read'),
      schema: {
        summary: 'Balances a wave user by user, and against what the stand-ins took; changes nothing',
        params: waveParams,
        response: { 200: proof },
      },
    },
    async (request) => {
      const wave = await mustFindWave(db, request.params.waveNo);
      return prove({ db, wave, standIns: await standIns?.() });
    },
  );
};

const CONTROLS = [
  ['pause', pauseWave, 'Stops sending until it is resumed; nothing is lost'],
  ['resume', resumeWave, 'Lets a paused or halted wave go on'],
  ['abort', abortWave, 'Ends a wave for good: what is not submitted is cancelled, codes and budget go back'],
] as const;

const addControl: RouteModule = (v1, { db, temporal }) => {
  for (const [verb, change, summary] of CONTROLS) {
    v1.post(
      `/waves/:waveNo/${verb}`,
      { config: OPERATE, schema: { summary, params: waveParams, body: waveOrder, response: { 200: waveChange } } },
      async (request) => {
        const { waveNo } = request.params;
        const order = { db, temporal, waveNo, actor: actorOf(request), reason: request.body.reason };
        return { waveNo, ...(await change(order)) };
      },
    );
  }
};

const addRuns: RouteModule = (v1, { db, config, temporal }) => {
  const { queuePrefix } = config.temporal;
  v1.post(
    '/waves/:waveNo/approve',
    {
      config: OPERATE,
      schema: {
        summary: 'Lets a wave go that waits for a person because of its size',
        params: waveParams,
        body: waveOrder,
        response: { 202: startedWave },
      },
    },
    async (request, reply) => {
      const order = { db, temporal, queuePrefix, actor: actorOf(request), ...request.params, ...request.body };
      return reply.code(202).send(await approveWave(order));
    },
  );

  v1.post(
    '/campaigns/:campaignId/waves',
    {
      config: OPERATE,
      schema: {
        summary: "Starts the wave of today by hand; a second start finds the first one's wave",
        params: campaignParams,
        body: runOrder,
        response: { 202: startedWave },
      },
    },
    async (request, reply) => {
      const { date: localDate, approve } = request.body;
      const actor = actorOf(request);
      const order = { db, temporal, queuePrefix, actor, localDate, approve, ...request.params };
      return reply.code(202).send(await startRun(order));
    },
  );

  v1.get(
    '/campaigns/:campaignId/runs/:runId',
    {
      config: access('viewer', 'read'),
      schema: {
        summary: 'How a run that was started by hand stands',
        params: campaignParams.extend({ runId: z.uuid() }),
        response: { 200: runStatus },
      },
    },
    async (request) => {
      const { run, wave } = await statusOf({ db, temporal, ...request.params });
      const { disposition, reason } = run.campaign;
      return { outcome: run.outcome, disposition, reason, wave, waitingUntil: run.waitingUntil };
    },
  );
};
