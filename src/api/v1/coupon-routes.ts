import { z } from 'zod';
import { couponPools, createCouponPool, redeem, releaseCode, testCode as makeTestCode } from '../../app/coupons.ts';
import { actorOf } from './principal.ts';
import { access, type RouteModule } from './route-module.ts';
import {
  couponPool,
  madePool,
  newPool,
  poolName,
  redeemed,
  redemption,
  released,
  releaseOrder,
  testCode,
} from './schemas/coupons.ts';

const OPERATE = access('operator', 'waves:write');

/** Coupon pools and codes; codes come in by POST /imports/coupons. */
export const couponRoutes: RouteModule = (v1, deps) => {
  const { db } = deps;
  v1.get(
    '/coupon-pools',
    {
      config: access('viewer', 'read'),
      schema: {
        summary: 'The pools and how many of their codes are in which state',
        response: { 200: z.object({ items: z.array(couponPool) }) },
      },
    },
    async () => ({ items: await couponPools(db) }),
  );

  v1.post(
    '/coupon-pools',
    {
      config: OPERATE,
      schema: {
        summary: 'Makes a pool that generates its codes when waves ask for them',
        body: newPool,
        response: { 201: madePool },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await createCouponPool({ db, ...request.body, actor: actorOf(request) })),
  );

  v1.post(
    '/coupon-pools/:pool/test-codes',
    {
      config: OPERATE,
      schema: {
        summary: 'Makes a code for trying things out: no wave gives it out, no figure counts it',
        params: z.object({ pool: poolName }),
        response: { 201: testCode },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await makeTestCode({ db, pool: request.params.pool, actor: actorOf(request) })),
  );
  addCodes(v1, deps);
};

const addCodes: RouteModule = (v1, { db, now }) => {
  v1.post(
    '/coupon-codes/redeem',
    {
      config: OPERATE,
      schema: {
        summary: 'Records that a code was used; twice changes nothing',
        body: redemption,
        response: { 200: redeemed },
      },
    },
    (request) => {
      const { at, ...code } = request.body;
      return redeem({ db, ...code, at: at === undefined ? now() : new Date(at), actor: actorOf(request) });
    },
  );

  v1.post(
    '/coupon-codes/release',
    {
      config: OPERATE,
      schema: {
        summary: 'Gives a reserved code back whose message was never sent',
        body: releaseOrder,
        response: { 200: released },
      },
    },
    (request) => releaseCode({ db, ...request.body, actor: actorOf(request) }),
  );
};
