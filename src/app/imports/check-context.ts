import type { Knex } from 'knex';
import { knownAttributes } from '../../db/queries/imports/attribute-catalogue.ts';
import { currentSettings } from '../../db/queries/settings.ts';
import type { CheckContext, ImportOptions } from './kinds/kind.ts';

/** What the checks need to know of the installation. */
export async function checkContext(
  trx: Knex.Transaction,
  request: { now: Date; options?: ImportOptions },
): Promise<CheckContext> {
  const { settings } = await currentSettings(trx);
  return {
    now: request.now,
    options: request.options ?? {},
    defaultCountry: settings.defaultCountry,
    catalogue: await knownAttributes(trx),
  };
}
