import { z } from 'zod';
import { retrospectiveOfPeriod, retrospectiveOfWave, type Retrospective } from '../../app/retrospective.ts';
import { counting, sendKept } from './kept-answer.ts';
import { access, type RouteModule } from './route-module.ts';
import { retrospective, retrospectiveLanguage, retrospectiveQuery } from './schemas/retrospective.ts';
import { rowNo } from './schemas/waves.ts';
import { languageOf } from './speak.ts';

const READ = access('viewer', 'read');

/** A wave or a period looked back on. */
export const retrospectiveRoutes: RouteModule = (v1, { db, now }) => {
  v1.get(
    '/waves/:waveNo/retrospective',
    {
      config: READ,
      schema: {
        summary: 'A wave looked back on: goals against plan, funnel, channels, reasons, texts, in words too',
        params: z.object({ waveNo: rowNo }),
        querystring: retrospectiveLanguage,
        response: { 200: retrospective, 202: counting },
      },
    },
    (request, reply) => {
      const asked = { ...request.params, language: request.query.language ?? languageOf(request) };
      const compute = (): Promise<Retrospective> => retrospectiveOfWave({ db, now: now(), ...asked });
      return sendKept(reply, { db, key: ['retrospective', asked], shape: retrospective, compute });
    },
  );

  v1.get(
    '/retrospectives',
    {
      config: READ,
      schema: {
        summary: 'The same for the waves of a period, of one campaign or of all',
        querystring: retrospectiveQuery.extend(retrospectiveLanguage.shape),
        response: { 200: retrospective, 202: counting },
      },
    },
    (request, reply) => {
      const asked = { ...request.query, language: request.query.language ?? languageOf(request) };
      const compute = (): Promise<Retrospective> => retrospectiveOfPeriod({ db, now: now(), ...asked });
      return sendKept(reply, { db, key: ['retrospectives', asked], shape: retrospective, compute });
    },
  );
};
