import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '../../domain/actor.ts';
import { defaultSettings, settingsSchema, type Settings } from '../../domain/settings.schema.ts';
import type { Db } from '../connect.ts';
import { recordAudit } from './audit.ts';

/** The settings in force; version 0 is the built-in default of an installation where nobody applied any. */
export async function currentSettings(db: Db): Promise<{ version: number; settings: Settings }> {
  const row = await db('settings')
    .orderBy('version', 'desc')
    .first<{ version: number; value: unknown } | undefined>('version', 'value');
  return row
    ? { version: row.version, settings: settingsSchema.parse(row.value) }
    : { version: 0, settings: defaultSettings };
}

/**
 * Puts settings in force; equal settings change nothing. A changed share of the global holdout closes its period and opens a
 * new one with a random salt, so that membership is drawn afresh. `madeFrom` that isn't the version in force: `stale`, nothing changed.
 */
export async function applySettings(
  db: Db,
  input: { settings: Settings; actor: Actor; madeFrom?: number },
): Promise<{ version: number; changed: boolean; stale: boolean }> {
  return db.transaction(async (trx) => {
    // Two people who apply at once take turns; readers go on.
    await trx.raw('lock table settings in share row exclusive mode');
    const current = await currentSettings(trx);
    if (input.madeFrom !== undefined && input.madeFrom !== current.version) {
      return { version: current.version, changed: false, stale: true };
    }
    await changeGlobalHoldout(trx, { share: input.settings.globalHoldout, actor: input.actor });
    if (current.version > 0 && isDeepStrictEqual(current.settings, input.settings)) {
      return { version: current.version, changed: false, stale: false };
    }
    const version = current.version + 1;
    await trx('settings').insert({ version, value: JSON.stringify(input.settings), actor: input.actor });
    await recordAudit(trx, {
      actor: input.actor,
      action: 'settings.apply',
      subject: `settings/${version}`,
      details: {},
    });
    return { version, changed: true, stale: false };
  });
}

/** Who put a version in force, and when. */
export async function settingsChangeOf(db: Db, version: number): Promise<{ at: Date; actor: Actor } | undefined> {
  return db('settings').where({ version }).first<{ at: Date; actor: Actor } | undefined>('at', 'actor');
}

async function changeGlobalHoldout(trx: Db, input: { share: number; actor: Actor }): Promise<void> {
  const open = await trx('global_holdout_periods').whereNull('until_at').first<{ share: number } | undefined>('share');
  if ((open?.share ?? 0) === input.share) return;
  await trx('global_holdout_periods').whereNull('until_at').update({ until_at: trx.fn.now() });
  await trx('global_holdout_periods').insert({
    salt: randomBytes(16).toString('hex'),
    share: input.share,
    actor: input.actor,
  });
}
