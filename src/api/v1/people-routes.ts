import { z } from 'zod';
import { createApiKey, listApiKeys, revokeApiKey } from '../../app/api-keys.ts';
import { invite, listInvitations, withdrawInvitation } from '../../app/people/invitations.ts';
import { changePerson, listPeople, mustFindPerson } from '../../app/people/people.ts';
import { endSessions } from '../../app/people/sessions.ts';
import { actorOf } from './principal.ts';
import { access, type RouteModule } from './route-module.ts';
import {
  apiKey,
  invitation,
  madeApiKey,
  madeInvitation,
  newApiKey,
  newInvitation,
  person,
  personChange,
} from './schemas/people.ts';

const ADMIN = access('admin', 'admin');
const number = z.coerce
  .number()
  .int()
  .min(1)
  .max(2 ** 48);
const listOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) });

/** People, invitations and keys; for admins. */
export const peopleRoutes: RouteModule = (v1, deps) => {
  const { db } = deps;
  v1.get('/people', { config: ADMIN, schema: { response: { 200: listOf(person) } } }, async () => ({
    items: await listPeople(db),
  }));

  v1.patch(
    '/people/:personNo',
    {
      config: ADMIN,
      schema: { params: z.object({ personNo: number }), body: personChange, response: { 200: person } },
    },
    (request) => {
      const { role, disabled, name } = request.body;
      const change = {
        ...(role !== undefined && { role }),
        ...(disabled !== undefined && { disabled }),
        ...(name !== undefined && { name }),
      };
      return changePerson({ db, personNo: request.params.personNo, change, actor: actorOf(request) });
    },
  );

  v1.delete(
    '/people/:personNo/sessions',
    {
      config: ADMIN,
      schema: { params: z.object({ personNo: number }), response: { 200: z.object({ ended: z.int() }) } },
    },
    async (request) => {
      const found = await mustFindPerson(db, request.params.personNo);
      return { ended: await endSessions({ db, person: found, actor: actorOf(request) }) };
    },
  );
  addInvitations(v1, deps);
  addKeys(v1, deps);
};

const addInvitations: RouteModule = (v1, { db, config }) => {
  v1.get('/invitations', { config: ADMIN, schema: { response: { 200: listOf(invitation) } } }, async () => ({
    items: await listInvitations(db),
  }));

  v1.post(
    '/invitations',
    { config: ADMIN, schema: { body: newInvitation, response: { 201: madeInvitation } } },
    async (request, reply) => {
      const { role, personNo } = request.body;
      const made = await invite({ db, role, ...(personNo !== undefined && { personNo }), actor: actorOf(request) });
      const url = `${config.publicUrl}/invitation/${made.token}`;
      return reply.code(201).send({ invitation: made.invitation, url });
    },
  );

  v1.delete(
    '/invitations/:invitationNo',
    {
      config: ADMIN,
      schema: { params: z.object({ invitationNo: number }), response: { 200: z.object({ changed: z.boolean() }) } },
    },
    async (request) => ({
      changed: await withdrawInvitation({ db, invitationNo: request.params.invitationNo, actor: actorOf(request) }),
    }),
  );
};

const addKeys: RouteModule = (v1, { db }) => {
  v1.get('/keys', { config: ADMIN, schema: { response: { 200: listOf(apiKey) } } }, async () => ({
    items: await listApiKeys(db),
  }));

  v1.post(
    '/keys',
    { config: ADMIN, schema: { body: newApiKey, response: { 201: madeApiKey } } },
    async (request, reply) =>
      reply.code(201).send(await createApiKey({ db, ...request.body, actor: actorOf(request) })),
  );

  v1.delete(
    '/keys/:keyNo',
    {
      config: ADMIN,
      schema: { params: z.object({ keyNo: number }), response: { 200: z.object({ changed: z.boolean() }) } },
    },
    async (request) => {
      const { changed } = await revokeApiKey({ db, which: String(request.params.keyNo), actor: actorOf(request) });
      return { changed };
    },
  );
};
