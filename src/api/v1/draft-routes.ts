import { z } from 'zod';
import { countProblems, isPublishable, type LintedCampaign } from '../../app/campaigns/lint-campaign.ts';
import { detectionText } from '../../app/campaigns/lint/power-rules.ts';
import { planCampaign } from '../../app/campaigns/plan-campaign.ts';
import { draftFiles } from '../../app/drafts/draft-files.ts';
import { rehearseDraft } from '../../app/drafts/rehearse-draft.ts';
import { lintTexts } from '../../app/drafts/lint-draft.ts';
import { discardDraft, saveDraft } from '../../app/drafts/save-draft.ts';
import { showDraft } from '../../app/drafts/show-draft.ts';
import { inWords } from './campaign-routes.ts';
import { draftChanged, tooLargeInWords } from './draft-problems.ts';
import { etagOf, ifMatch, ifMatchHeaders } from './etag.ts';
import { actorOf } from './principal.ts';
import { access, type RouteModule } from './route-module.ts';
import { campaignParams } from './schemas/campaigns.ts';
import { rehearsal, rehearsalOrder } from './schemas/wave-orders.ts';
import { conflict, draft, draftTexts, lintInput, lintResult, plan, savedDraft } from './schemas/drafts.ts';

const READ = access('viewer', 'read');
const EDIT = access('marketer', 'campaigns:write');

/** Drafts of campaigns: read, saved, discarded, linted, planned. */
export const draftRoutes: RouteModule = (v1, deps) => {
  const { db } = deps;
  v1.get(
    '/campaigns/:campaignId/draft',
    {
      config: READ,
      schema: {
        summary: 'The open draft; without one (revision 0) the version in force to begin from',
        params: campaignParams,
        response: { 200: draft },
      },
    },
    async (request, reply) => {
      const shown = await showDraft(db, request.params.campaignId);
      void reply.header('etag', etagOf(shown.revision));
      return shown;
    },
  );

  v1.put(
    '/campaigns/:campaignId/draft',
    {
      config: EDIT,
      errorHandler: tooLargeInWords(deps),
      schema: {
        summary: 'Saves the draft over the revision in If-Match, errors and all; a change voids its approval',
        params: campaignParams,
        headers: ifMatchHeaders,
        body: draftTexts,
        response: { 200: savedDraft, 412: conflict },
      },
    },
    async (request, reply) => {
      const { campaignId } = request.params;
      const change = { campaignId, revision: ifMatch(request), texts: request.body, editor: actorOf(request) };
      const saved = await saveDraft({ db, now: deps.now(), ...change });
      if (saved.kind === 'stale') throw draftChanged(saved.current);
      const shown = await showDraft(db, campaignId);
      void reply.header('etag', etagOf(shown.revision));
      return { ...shown, changed: saved.changed, problems: saved.problems };
    },
  );

  v1.delete(
    '/campaigns/:campaignId/draft',
    {
      config: EDIT,
      schema: {
        summary: 'Throws the draft away; what is published stays',
        params: campaignParams,
        headers: ifMatchHeaders,
        response: { 204: z.null(), 412: conflict },
      },
    },
    async (request, reply) => {
      const { campaignId } = request.params;
      const result = await discardDraft({ db, campaignId, revision: ifMatch(request), actor: actorOf(request) });
      if (result.kind === 'stale') throw draftChanged(result.current);
      return reply.code(204).send(null);
    },
  );
  addLint(v1, deps);
  addRehearsal(v1, deps);
};

const addRehearsal: RouteModule = (v1, { db, now }) => {
  v1.post(
    '/campaigns/:campaignId/draft/rehearsal',
    {
      config: access('marketer', 'read'),
      schema: {
        summary: 'What a wave of the saved draft would do if it were published; nothing is written or sent',
        params: campaignParams,
        body: rehearsalOrder,
        response: { 200: rehearsal },
      },
    },
    (request) => {
      const { at } = request.body;
      const decisionAt = at === undefined ? now() : new Date(at);
      return rehearseDraft({ db, ...request.params, decisionAt, actor: actorOf(request) });
    },
  );
};

const addLint: RouteModule = (v1, deps) => {
  const { db, now } = deps;
  v1.post(
    '/lint',
    {
      config: READ,
      errorHandler: tooLargeInWords(deps),
      schema: {
        summary: 'Lints text that is not saved, quickly: without counting users',
        body: lintInput,
        response: { 200: lintResult },
      },
    },
    async (request) => {
      const { campaignId, ...texts } = request.body;
      return shownLint(await lintTexts({ db, texts, campaignId, now: now(), quick: true }));
    },
  );

  v1.post(
    '/campaigns/:campaignId/draft/lint',
    {
      config: READ,
      schema: {
        summary: 'Lints the saved draft, with a look at the data',
        params: campaignParams,
        response: { 200: lintResult },
      },
    },
    async (request) => {
      const { campaignId } = request.params;
      const texts = await showDraft(db, campaignId);
      return shownLint(await lintTexts({ db, texts, campaignId, now: now(), quick: false }));
    },
  );

  v1.post(
    '/campaigns/:campaignId/draft/plan',
    {
      config: READ,
      schema: {
        summary: 'What publishing the saved draft would change, and whom it touches; nothing is written',
        params: campaignParams,
        response: { 200: plan },
      },
    },
    async (request) => {
      const file = await draftFiles(db, request.params.campaignId);
      const planned = await planCampaign({ db, file, now: now() });
      const goal = { minLift: planned.minLift };
      return {
        ...planned,
        differences: inWords(planned.differences),
        texts: inWords(planned.texts),
        detections: planned.detections.map((one) => shownDetection(one, { goal })),
      };
    },
  );
};

type Detections = NonNullable<LintedCampaign['data']>['detections'];
type ShownDetection = Omit<Detections[number], 'entriesNeeded'> & { entriesNeeded: number | null; text: string };

function shownDetection(one: Detections[number], campaign: Parameters<typeof detectionText>[1]): ShownDetection {
  const entriesNeeded = Number.isFinite(one.entriesNeeded) ? one.entriesNeeded : null;
  return { ...one, entriesNeeded, text: detectionText(one, campaign) };
}

function shownLint(linted: LintedCampaign): z.infer<typeof lintResult> {
  const { built, problems, data } = linted;
  const { campaign } = built;
  return {
    campaignId: campaign?.campaign ?? null,
    hash: built.hash || null,
    publishable: isPublishable(linted),
    ...countProblems(problems),
    problems,
    detections: data && campaign ? data.detections.map((one) => shownDetection(one, campaign)) : null,
  };
}
