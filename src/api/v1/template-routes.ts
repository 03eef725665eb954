import type { z } from 'zod';
import { textLibrary as libraryOf } from '../../app/texts/text-library.ts';
import { counting, sendKept } from './kept-answer.ts';
import { access, type RouteModule } from './route-module.ts';
import { textFilter, textLibrary } from './schemas/templates.ts';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 90;

/** The texts of campaigns, and how each did. */
export const templateRoutes: RouteModule = (v1, { db, now }) => {
  v1.get(
    '/texts',
    {
      config: access('viewer', 'read'),
      schema: {
        summary:
          'Every text of the published versions of a campaign, or of all, with what its receivers did in the waves of a period',
        querystring: textFilter,
        response: { 200: textLibrary, 202: counting },
      },
    },
    (request, reply) => {
      const { campaign, channel, locale } = request.query;
      const to = request.query.to ?? dateOf(now());
      const from = request.query.from ?? dateOf(new Date(Date.parse(to) - DEFAULT_DAYS * DAY_MS));
      const asked = { campaignId: campaign, channel, locale, from, to };
      const compute = async (): Promise<z.input<typeof textLibrary>> => ({
        from,
        to,
        items: await libraryOf(db, asked),
      });
      return sendKept(reply, { db, key: ['texts', asked], shape: textLibrary, compute });
    },
  );
};

function dateOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}
