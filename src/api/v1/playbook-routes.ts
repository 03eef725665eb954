import { z } from 'zod';
import { beginDraft } from '../../app/drafts/begin-draft.ts';
import { listPlaybooks } from '../../app/drafts/playbooks.ts';
import { showDraft } from '../../app/drafts/show-draft.ts';
import { etagOf } from './etag.ts';
import { actorOf } from './principal.ts';
import { access, type RouteModule } from './route-module.ts';
import { playbook } from './schemas/campaigns.ts';
import { draft, newDraft } from './schemas/drafts.ts';

/** The campaigns that ship, and new campaigns from them. */
export const playbookRoutes: RouteModule = (v1, { db, now }) => {
  v1.get(
    '/playbooks',
    {
      config: access('viewer', 'read'),
      schema: {
        summary: 'Campaigns that ship with Recallwave, to begin one from',
        response: { 200: z.object({ items: z.array(playbook) }) },
      },
    },
    async () => ({ items: await listPlaybooks() }),
  );

  v1.post(
    '/campaigns',
    {
      config: access('marketer', 'campaigns:write'),
      schema: {
        summary: 'Begins a new campaign as a draft, from a playbook or from a small one',
        body: newDraft,
        response: { 201: draft },
      },
    },
    async (request, reply) => {
      const { campaignId } = request.body;
      await beginDraft({ db, ...request.body, author: actorOf(request), now: now() });
      const begun = await showDraft(db, campaignId);
      void reply.header('location', `/v1/campaigns/${campaignId}/draft`).header('etag', etagOf(begun.revision));
      return reply.code(201).send(begun);
    },
  );
};
