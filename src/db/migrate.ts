import type { Knex } from 'knex';
import * as people from './migrations/001-people.ts';
import * as signals from './migrations/002-signals.ts';
import * as campaigns from './migrations/003-campaigns.ts';
import * as waves from './migrations/004-waves.ts';
import * as operations from './migrations/005-operations.ts';
import * as recorded from './migrations/006-recorded.ts';
import * as learning from './migrations/007-learning.ts';
import * as peopleOfConsole from './migrations/008-people.ts';
import * as drafts from './migrations/009-drafts.ts';
import * as eventsByTime from './migrations/009-events-by-time.ts';
import * as auditChain from './migrations/010-audit-chain.ts';
import * as erasures from './migrations/011-erasures.ts';
import * as findUsers from './migrations/012-find-users.ts';
import * as taskWebhooks from './migrations/013-task-webhooks.ts';
import * as webhookPause from './migrations/016-webhook-pause.ts';
import * as summaries from './migrations/017-summaries.ts';
import * as smallCounts from './migrations/018-small-counts.ts';
import * as waveCounts from './migrations/015-wave-counts.ts';
import * as surveys from './migrations/014-surveys.ts';

interface Migration {
  up(knex: Knex): Promise<void>;
  down(knex: Knex): Promise<void>;
}

const migrations: Record<string, Migration> = {
  '001-people': people,
  '002-signals': signals,
  '003-campaigns': campaigns,
  '004-waves': waves,
  '005-operations': operations,
  '006-recorded': recorded,
  '007-learning': learning,
  '008-people': peopleOfConsole,
  '009-events-by-time': eventsByTime,
  '009-drafts': drafts,
  '010-audit-chain': auditChain,
  '011-erasures': erasures,
  '012-find-users': findUsers,
  '013-task-webhooks': taskWebhooks,
  '014-surveys': surveys,
  '015-wave-counts': waveCounts,
  '016-webhook-pause': webhookPause,
  '017-summaries': summaries,
  '018-small-counts': smallCounts,
};

/** Knex migration source over the list above: names are stable whatever the file system says. */
export const migrationSource: Knex.MigrationSource<string> = {
  getMigrations: () => Promise.resolve(Object.keys(migrations)),
  getMigrationName: (name) => name,
  getMigration: (name) => {
    const migration = migrations[name];
    if (!migration) throw new Error(`unknown migration ${name}`);
    return Promise.resolve(migration);
  },
};

/** Brings the database to the newest schema; returns the names that ran. */
export async function migrate(db: Knex): Promise<string[]> {
  const [, names] = (await db.migrate.latest({ migrationSource })) as [number, string[]];
  return names;
}
