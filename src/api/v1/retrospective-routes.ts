import { z } from 'zod';
import { retrospectiveOfPeriod, retrospectiveOfWave } from '../../app/retrospective.ts';
import { access, type RouteModule } from './route-module.ts';
import { retrospective, retrospectiveLanguage, retrospectiveQuery } from './schemas/retrospective.ts';
import { rowNo } from './schemas/waves.ts';

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
        response: { 200: retrospective },
      },
    },
    async (request) => retrospectiveOfWave({ db, now: now(), ...request.params, ...request.query }),
  );

  v1.get(
    '/retrospectives',
    {
      config: READ,
      schema: {
        summary: 'The same for the waves of a period, of one campaign or of all',
        querystring: retrospectiveQuery.extend(retrospectiveLanguage.shape),
        response: { 200: retrospective },
      },
    },
    async (request) => retrospectiveOfPeriod({ db, now: now(), ...request.query }),
  );
};
