import cookie from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { answerError } from './answer-error.ts';
import { approvalRoutes } from './approval-routes.ts';
import { audienceRoutes } from './audience-routes.ts';
import { couponRoutes } from './coupon-routes.ts';
import { schemaRoutes } from './schema-routes.ts';
import { scheduleRoutes } from './schedule-routes.ts';
import { suppressionRoutes } from './suppression-routes.ts';
import { campaignRoutes } from './campaign-routes.ts';
import { draftRoutes } from './draft-routes.ts';
import { healthRoutes } from './health-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { importRoutes } from './import-routes.ts';
import { inboxRoutes } from './inbox-routes.ts';
import { taskRoutes } from './task-routes.ts';
import { userOrderRoutes } from './user-order-routes.ts';
import { userRoutes } from './user-routes.ts';
import { addIdempotency } from './idempotency.ts';
import { addOpenApi } from './openapi.ts';
import { homeRoutes } from './home-routes.ts';
import { resultRoutes } from './result-routes.ts';
import { thresholdRoutes } from './threshold-routes.ts';
import { messageRoutes } from './message-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { playbookRoutes } from './playbook-routes.ts';
import { previewRoutes } from './preview-routes.ts';
import { addPrincipal } from './principal.ts';
import { progressRoutes } from './progress-routes.ts';
import type { ApiDeps, RouteModule } from './route-module.ts';
import { retrospectiveRoutes } from './retrospective-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { settingsRoutes } from './settings-routes.ts';
import { addSpeech } from './speak.ts';
import { surveyRoutes } from './survey-routes.ts';
import { templateRoutes } from './template-routes.ts';
import { throttleRoutes } from './throttle-routes.ts';
import { waveOrderRoutes } from './wave-order-routes.ts';
import { waveRoutes } from './wave-routes.ts';
import { webhookRoutes } from './webhook-routes.ts';

/** The routes of the API by noun. */
const MODULES: readonly RouteModule[] = [
  sessionRoutes,
  peopleRoutes,
  campaignRoutes,
  audienceRoutes,
  playbookRoutes,
  draftRoutes,
  approvalRoutes,
  previewRoutes,
  waveRoutes,
  waveOrderRoutes,
  progressRoutes,
  messageRoutes,
  throttleRoutes,
  thresholdRoutes,
  resultRoutes,
  retrospectiveRoutes,
  homeRoutes,
  settingsRoutes,
  healthRoutes,
  userRoutes,
  userOrderRoutes,
  taskRoutes,
  surveyRoutes,
  inboxRoutes,
  importRoutes,
  auditRoutes,
  webhookRoutes,
  templateRoutes,
  scheduleRoutes,
  couponRoutes,
  suppressionRoutes,
  schemaRoutes,
];

/** Bytes of a JSON body; routes that stream set their own. */
const BODY_LIMIT = 1024 * 1024;

/** Adds what is described by OpenAPI: every noun's routes behind sessions and keys. `app` is the scope of /v1. */
export async function addNounRoutes(app: FastifyInstance, deps: ApiDeps): Promise<void> {
  await app.register(
    async (scope) => {
      const v1 = scope.withTypeProvider<ZodTypeProvider>();
      v1.setValidatorCompiler(validatorCompiler);
      v1.setSerializerCompiler(serializerCompiler);
      await v1.register(cookie);
      v1.removeAllContentTypeParsers();
      v1.addContentTypeParser(
        'application/json',
        { parseAs: 'string', bodyLimit: BODY_LIMIT },
        // Unknown keys are left out, and these two like any other.
        v1.getDefaultJsonParser('remove', 'remove'),
      );
      v1.addHook('onRequest', async (_request, reply) => {
        void reply.type('application/json; charset=utf-8');
      });
      v1.setErrorHandler((error, request, reply) => answerError(error, { request, reply, logger: deps.logger }));
      addPrincipal(v1, deps);
      addIdempotency(v1, deps);
      addSpeech(v1);
      await addOpenApi(v1);
      for (const add of MODULES) add(v1, deps);
    },
    { bodyLimit: BODY_LIMIT } as object,
  );
}
