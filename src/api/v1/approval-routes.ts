import { z } from 'zod';
import { followWithSchedule, scheduleNote } from '../../app/campaigns/follow-with-schedule.ts';
import { approveDraft, withdrawApproval } from '../../app/drafts/approve-draft.ts';
import { publishDraft } from '../../app/drafts/publish-draft.ts';
import { draftChanged } from './draft-problems.ts';
import { actorOf } from './principal.ts';
import { ApiProblem } from './problem.ts';
import { access, type RouteModule } from './route-module.ts';
import { campaignParams } from './schemas/campaigns.ts';
import { approval, conflict, newApproval, publication, published } from './schemas/drafts.ts';

const OPERATE = access('operator', 'campaigns:write');

/** Approval by a second person, and publication of what was approved. */
export const approvalRoutes: RouteModule = (v1, deps) => {
  const { db, now } = deps;
  v1.post(
    '/campaigns/:campaignId/draft/approvals',
    {
      config: OPERATE,
      schema: {
        summary: 'Approves the draft with this hash; not for its author and last editor, and not for keys',
        params: campaignParams,
        body: newApproval,
        response: { 201: approval, 412: conflict },
      },
    },
    async (request, reply) => {
      if (request.principal?.kind !== 'person') throw personOnly();
      const order = { ...request.params, ...request.body, approver: actorOf(request), now: now() };
      const result = await approveDraft({ db, ...order });
      if (result.kind === 'stale') throw draftChanged(result.current);
      if (result.kind === 'own') throw ownDraft(result.role);
      return reply.code(201).send(result.approval);
    },
  );

  v1.delete(
    '/campaigns/:campaignId/draft/approvals',
    {
      config: OPERATE,
      schema: {
        summary: 'Takes back the approval of the draft',
        params: campaignParams,
        response: { 200: z.object({ changed: z.boolean() }) },
      },
    },
    async (request) => ({
      changed: await withdrawApproval({ db, ...request.params, actor: actorOf(request) }),
    }),
  );
  addPublication(v1, deps);
};

const addPublication: RouteModule = (v1, { db, config, now, temporal }) => {
  v1.post(
    '/campaigns/:campaignId/draft/publish',
    {
      config: OPERATE,
      schema: {
        summary: 'Puts the approved draft in force; its waves run by themselves up to the approved audience',
        params: campaignParams,
        body: publication,
        response: { 200: published, 412: conflict },
      },
    },
    async (request) => {
      const { campaignId } = request.params;
      const result = await publishDraft({ db, campaignId, ...request.body, actor: actorOf(request), now: now() });
      if (result.kind === 'stale') throw draftChanged(result.current);
      if (result.kind === 'unapproved') throw unapproved();
      if (result.kind === 'overtaken') throw overtaken(result.version);
      const { queuePrefix } = config.temporal;
      const schedule = await followWithSchedule({ db, campaignId, queuePrefix, connect: temporal });
      return { ...result.applied, maxAudience: result.maxAudience, schedule, note: scheduleNote(schedule) };
    },
  );
};

function personOnly(): ApiProblem {
  return new ApiProblem({
    status: 403,
    code: 'person_only',
    detail: 'a person approves, not a key',
    fix: 'log in to the console',
  });
}

function ownDraft(role: string): ApiProblem {
  return new ApiProblem({
    status: 403,
    code: 'own_draft',
    detail: `you are the ${role} of this draft: somebody else has to approve it`,
    fix: 'ask another operator or admin',
  });
}

function unapproved(): ApiProblem {
  return new ApiProblem({
    status: 409,
    code: 'approval_missing',
    detail: 'no approval stands for this draft: none was given, or a change voided it',
    fix: 'ask an operator who neither began nor last changed it to approve it',
  });
}

function overtaken(version: number): ApiProblem {
  return new ApiProblem({
    status: 409,
    code: 'overtaken',
    detail: `version ${version} came into force after the approval, which is void now; nothing was published`,
    fix: 'compare the draft with that version, and have it approved again',
  });
}
