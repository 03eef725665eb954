import { z } from 'zod';
import { campaignAudience, versionInForce, type CampaignAudience } from '../../app/campaigns/audience.ts';
import { campaignView } from '../../app/campaigns/campaign-view.ts';
import { compareVersions } from '../../app/campaigns/compare-versions.ts';
import { followWithSchedule, scheduleNote } from '../../app/campaigns/follow-with-schedule.ts';
import { campaignOverviews } from '../../app/campaigns/overview.ts';
import { differenceText, type Difference } from '../../app/campaigns/plan/differences.ts';
import { campaignHistory, changeCampaignState, showCampaign } from '../../app/campaigns/show-campaign.ts';
import { cutPage, pageOf, pageQuery, readCursor } from './cursor.ts';
import { counting, sendKept } from './kept-answer.ts';
import { actorOf } from './principal.ts';
import { access, type ApiDeps, type RouteModule } from './route-module.ts';
import {
  campaignAudience as audienceSchema,
  campaignDetail,
  campaignLine,
  campaignParams,
  campaignVersion,
  changedState,
  stateChange,
  versionDifferences,
  versionLine,
  versionPair,
  versionParams,
} from './schemas/campaigns.ts';

const READ = access('viewer', 'read');
const OPERATE = access('operator', 'campaigns:write');

/** Campaigns, their versions and whom they mean; pausing, resuming, archiving. */
export const campaignRoutes: RouteModule = (v1, deps) => {
  const { db, config, now } = deps;
  v1.get(
    '/campaigns',
    {
      config: READ,
      schema: {
        summary: 'Campaigns and drafts of new ones, in order of id',
        querystring: pageQuery,
        response: { 200: pageOf(campaignLine) },
      },
    },
    async (request) => {
      const { cursor, limit } = request.query;
      const key = { secret: config.linkSecret, list: 'campaigns' };
      const [after] = readCursor(key, cursor, z.tuple([z.string()])) ?? [''];
      const rest = (await campaignOverviews(db, now())).filter(({ campaignId }) => campaignId > after);
      return cutPage(rest, { key, limit, position: ({ campaignId }) => [campaignId], item: (line) => line });
    },
  );

  v1.get(
    '/campaigns/:campaignId',
    {
      config: READ,
      schema: {
        summary: 'A campaign: version in force, caps and hours in plain words, live policies',
        params: campaignParams,
        response: { 200: campaignDetail },
      },
    },
    (request) => campaignView(db, { ...request.params, now: now() }),
  );

  v1.get(
    '/campaigns/:campaignId/audience',
    {
      config: READ,
      schema: {
        summary: 'Whom the version in force means now, and whom the first rungs of the ladder would stop',
        params: campaignParams,
        response: { 200: audienceSchema, 202: counting },
      },
    },
    async (request, reply) => {
      const { campaignId, version } = await versionInForce(db, request.params.campaignId);
      const compute = (): Promise<CampaignAudience> => campaignAudience(db, { name: campaignId, now: now() });
      return sendKept(reply, { db, key: ['audience', campaignId, version], shape: audienceSchema, compute });
    },
  );
  addVersions(v1, deps);
  addStateChanges(v1, deps);
};

/** Differences with their words. */
export function inWords(differences: readonly Difference[]): (Difference & { text: string })[] {
  return differences.map((one) => ({ ...one, text: differenceText(one) }));
}

const addVersions: RouteModule = (v1, { db, config, now }) => {
  v1.get(
    '/campaigns/:campaignId/versions',
    {
      config: READ,
      schema: {
        summary: 'Published versions, the newest first',
        params: campaignParams,
        querystring: pageQuery,
        response: { 200: pageOf(versionLine) },
      },
    },
    async (request) => {
      const { cursor, limit } = request.query;
      const { campaignId } = request.params;
      const key = { secret: config.linkSecret, list: 'campaign versions', filters: { campaignId } };
      const [before] = readCursor(key, cursor, z.tuple([z.int()])) ?? [Infinity];
      const rest = (await campaignHistory(db, campaignId)).filter(({ version }) => version < before);
      return cutPage(rest, { key, limit, position: ({ version }) => [version], item: (line) => line });
    },
  );

  v1.get(
    '/campaigns/:campaignId/versions/:version',
    {
      config: READ,
      schema: {
        summary: 'A published version as it was written',
        params: versionParams,
        response: { 200: campaignVersion },
      },
    },
    async (request) => {
      const shown = await showCampaign(db, { ...request.params, now: now() });
      return { ...shown, current: shown.version === shown.versionInForce };
    },
  );

  v1.get(
    '/campaigns/:campaignId/differences',
    {
      config: READ,
      schema: {
        summary: 'What differs between two published versions',
        params: campaignParams,
        querystring: versionPair,
        response: { 200: versionDifferences },
      },
    },
    async (request) => {
      const compared = await compareVersions(db, { name: request.params.campaignId, ...request.query });
      return { ...compared, differences: inWords(compared.differences), texts: inWords(compared.texts) };
    },
  );
};

const ORDERS = [
  ['pause', 'paused', 'Starts no new waves; what running ones have not sent waits'],
  ['resume', 'active', 'Lets waves start and go on again'],
  ['archive', 'archived', 'Ends the campaign: no more waves, its schedule is taken away'],
] as const;

const addStateChanges: RouteModule = (v1, { db, config, temporal }: ApiDeps) => {
  for (const [order, state, summary] of ORDERS) {
    v1.post(
      `/campaigns/:campaignId/${order}`,
      {
        config: OPERATE,
        schema: { summary, params: campaignParams, body: stateChange, response: { 200: changedState } },
      },
      async (request) => {
        const { campaignId } = request.params;
        const { reason } = request.body;
        const changed = await changeCampaignState({ db, name: campaignId, state, actor: actorOf(request), reason });
        const { queuePrefix } = config.temporal;
        const schedule = await followWithSchedule({ db, campaignId, queuePrefix, connect: temporal });
        return { campaignId, state, changed, schedule, note: scheduleNote(schedule) };
      },
    );
  }
};
