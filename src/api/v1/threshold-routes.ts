import { z } from 'zod';
import {
  applyProposal,
  freezeThresholds,
  proposeThresholds,
  rejectProposal,
  revertProposal,
  setLearningMode,
  showThresholds,
  thresholdHistory as historyOf,
} from '../../app/thresholds.ts';
import { thresholdPage } from '../../app/pictures/threshold-page.ts';
import { PICTURE_POLICY } from '../../app/results.ts';
import { accuracyOfWarnings } from '../../app/warning-accuracy.ts';
import { actorOf } from './principal.ts';
import { counting, sendKept } from './kept-answer.ts';
import { access, type RouteModule } from './route-module.ts';
import { accuracyQuery, warningAccuracy } from './schemas/accuracy.ts';
import {
  cycleOrder,
  decidedThreshold,
  decision,
  learningCycle,
  segmentFilter,
  switchedLearning,
  switchOrder,
  thresholdHistory,
  thresholdReport,
} from './schemas/thresholds.ts';
import { pageLanguage } from './schemas/results.ts';
import { campaignId, rowNo } from './schemas/waves.ts';

const READ = access('viewer', 'read');
const DECIDE = access('marketer', 'thresholds:write');
const campaignParams = z.object({ campaignId });

/** From which score on a campaign treats people, what outcomes say about it, and how right the warnings were. */
export const thresholdRoutes: RouteModule = (v1, deps) => {
  const { db, now } = deps;
  v1.get(
    '/campaigns/:campaignId/thresholds',
    {
      config: READ,
      schema: {
        summary: 'Thresholds in force, net value by score band, proposals and how it came to this',
        params: campaignParams,
        response: { 200: thresholdReport },
      },
    },
    async (request) => showThresholds({ db, ...request.params }),
  );

  v1.get(
    '/campaigns/:campaignId/thresholds/page',
    {
      config: READ,
      schema: {
        summary: 'The same as one HTML page for printing; it needs nothing else and runs no script',
        params: campaignParams,
        querystring: pageLanguage,
        response: { 200: { content: { 'text/html': { schema: z.string() } } } },
      },
    },
    async (request, reply) => {
      const report = await showThresholds({ db, ...request.params });
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', `${PICTURE_POLICY}; sandbox; frame-ancestors 'self'`)
        .header('x-frame-options', 'SAMEORIGIN')
        .serializer((body: unknown) => String(body))
        .send(thresholdPage(report, { name: null, ...request.query }));
    },
  );

  v1.get(
    '/campaigns/:campaignId/thresholds/history',
    {
      config: READ,
      schema: {
        summary:
          'Every proposal, policy version and switch, newest first; of a segment with those of the whole campaign',
        params: campaignParams,
        querystring: segmentFilter,
        response: { 200: thresholdHistory },
      },
    },
    async (request) => historyOf({ db, ...request.params, segment: request.query.segment }),
  );

  v1.get(
    '/warnings/accuracy',
    {
      config: READ,
      schema: {
        summary: 'How right the warnings were, judged on held-out people; whether they have changed',
        querystring: accuracyQuery,
        response: { 200: warningAccuracy, 202: counting },
      },
    },
    (request, reply) => {
      const { campaign = null, model = null, asOf } = request.query;
      const at = now();
      const asked = { db, campaign, model, asOf: asOf === undefined ? at : new Date(asOf), now: at };
      const key = ['accuracy', campaign, model, asOf ?? null];
      return sendKept(reply, { db, key, shape: warningAccuracy, compute: () => accuracyOfWarnings(asked) });
    },
  );
  addLearning(v1, deps);
  addDecisions(v1, deps);
};

const addLearning: RouteModule = (v1, { db, now }) => {
  v1.post(
    '/campaigns/:campaignId/learning-cycles',
    {
      config: DECIDE,
      schema: {
        summary: 'Looks at the evidence now and proposes; segments in mode auto get at once what it finds',
        params: campaignParams,
        body: cycleOrder,
        response: { 201: learningCycle },
      },
    },
    async (request, reply) => {
      const { asOf } = request.body;
      const moment = asOf === undefined ? undefined : new Date(asOf);
      const order = { db, ...request.params, asOf: moment, now: now(), actor: actorOf(request) };
      const { result, ...cycle } = await proposeThresholds(order);
      return reply.code(201).send({ ...cycle, estimator: result.estimator, notes: result.notes });
    },
  );

  v1.post(
    '/campaigns/:campaignId/learning-switches',
    {
      config: DECIDE,
      schema: {
        summary: 'Puts the hand brake on or off, or says whether thresholds are proposed or moved without asking',
        params: campaignParams,
        body: switchOrder,
        response: { 200: switchedLearning },
      },
    },
    async (request) => {
      const { segment, frozen, mode, reason } = request.body;
      const order = { db, ...request.params, segment, reason, actor: actorOf(request), now: now() };
      return mode === undefined
        ? freezeThresholds({ ...order, frozen: frozen === true })
        : setLearningMode({ ...order, mode });
    },
  );
};

const DECISIONS = [
  ['apply', applyProposal, 'Puts a proposal in force for the next wave'],
  ['reject', rejectProposal, 'Declines a proposal; nothing else changes'],
  ['revert', revertProposal, 'Takes an applied proposal back'],
] as const;

const addDecisions: RouteModule = (v1, { db, now }) => {
  for (const [verb, decide, summary] of DECISIONS) {
    v1.post(
      `/proposals/:proposalNo/${verb}`,
      {
        config: DECIDE,
        schema: {
          summary,
          params: z.object({ proposalNo: rowNo }),
          body: decision,
          response: { 200: decidedThreshold },
        },
      },
      async (request) => {
        const { proposalNo } = request.params;
        return decide({ db, proposalNo, reason: request.body.reason, actor: actorOf(request), now: now() });
      },
    );
  }
};
