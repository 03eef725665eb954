import { z } from 'zod';
import { campaignJsonSchema } from '../../app/campaigns/file/parse-campaign-file.ts';
import { settingsJsonSchema } from '../../app/settings.ts';
import { access, type RouteModule } from './route-module.ts';

const SCHEMAS = { campaign: campaignJsonSchema, settings: settingsJsonSchema };

/** JSON Schemas of the files that people write. */
export const schemaRoutes: RouteModule = (v1) => {
  v1.get(
    '/schemas/:kind',
    {
      config: access('viewer', 'read'),
      schema: {
        summary: 'The JSON Schema of campaign or settings files, for editors',
        params: z.object({ kind: z.enum(['campaign', 'settings']) }),
        response: { 200: z.looseObject({}) },
      },
    },
    async (request) => SCHEMAS[request.params.kind]() as Record<string, unknown>,
  );
};
