import type { Client } from '@temporalio/client';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Knex } from 'knex';
import type { StandInAcceptances } from '../../app/prove.ts';
import type { TestSendDeps } from '../../app/campaigns/test-send.ts';
import type { Config } from '../../config/config.ts';
import type { Actor } from '../../domain/actor.ts';
import type { ApiScope, Role } from '../../domain/roles.ts';

/** What the routes are built on. */
export interface ApiDeps {
  db: Knex;
  config: Config;
  /** Throws UnreachableError where there is none. */
  temporal(): Promise<Client>;
  now(): Date;
  /** What the stand-ins of this installation took; absent: proofs rest on the rows alone. */
  standIns?: (() => Promise<StandInAcceptances | undefined>) | undefined;
  /** Opens a channel for test messages; absent: there are none. */
  openChannel?: TestSendDeps['openChannel'] | undefined;
  logger?: { error(details: object, message: string): void } | undefined;
}

/** Who asks: a person with a session, or a program with a key. */
export type Principal =
  | { kind: 'person'; actor: Actor; personNo: number; login: string; role: Role }
  | { kind: 'key'; actor: Actor; keyNo: number; scopes: readonly ApiScope[] };

/** What a route asks of its principal; goes into OpenAPI as x-role and x-scope. */
export interface Access {
  role: Role;
  scope: ApiScope;
}

/** The access of a route, for `config`. */
export function access(role: Role, scope: ApiScope): { access: Access } {
  return { access: { role, scope } };
}

/** The part of the server under /v1: schemas in zod, types from them. */
export type V1 = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** The routes of one noun. */
export type RouteModule = (v1: V1, deps: ApiDeps) => void;
