import type { Command } from 'commander';
import { audienceUsers } from '../../app/campaigns/audience-users.ts';
import { campaignAudience } from '../../app/campaigns/audience.ts';
import { compareVersions } from '../../app/campaigns/compare-versions.ts';
import { differenceText } from '../../app/campaigns/plan/differences.ts';
import { campaignGoals, changesOf } from '../../app/results-over-time.ts';
import type { Cli, RunCommand } from '../cli.ts';
import { count } from '../format/options.ts';
import { number, table, tableOr } from '../format/table.ts';
import { time } from '../format/time.ts';

/** Adds `audience`, `diff`, `goals` and `changes` to the group `recallwave campaign`. */
export function registerLooks(campaign: Command, run: RunCommand): void {
  campaign
    .command('audience <campaign>')
    .description('whom the version in force means now, and whom the first rungs would stop')
    .option('--users', 'the users themselves')
    .option('--limit <n>', 'how many of them', count, 100)
    .action(
      run((cli, name: string, options: UsersOption) =>
        options.users ? audienceMembers(cli, name, options) : audience(cli, name),
      ),
    );
  campaign
    .command('diff <campaign>')
    .description('what differs between two published versions')
    .requiredOption('--from <n>', 'the older version', count)
    .requiredOption('--to <n>', 'the newer version', count)
    .action(run(diff));
  campaign.command('goals <campaign>').description('the goals of its file against what came').action(run(goals));
  campaign
    .command('changes <campaign>')
    .description('versions, thresholds, alarms and stops of the last 90 days, newest first')
    .action(run(changes));
}

interface UsersOption {
  users?: true;
  limit: number;
}

async function audienceMembers(cli: Cli, campaignId: string, { limit }: UsersOption): Promise<void> {
  const found = await audienceUsers(await cli.db(), { campaignId, at: new Date(), afterNo: 0, limit });
  cli.print({ campaignId, users: found }, () =>
    tableOr(
      'nobody is meant now; import warnings with `recallwave import warnings FILE`',
      ['user', 'segment', 'score', 'reasons', 'action', 'treated', 'entered'],
      found.map((row) => [
        row.userId,
        row.segment,
        row.score.toFixed(3),
        row.reasons.join(', '),
        row.action,
        row.inside ? 'yes' : row.exploring ? 'explored' : 'no',
        row.entered ? 'yes' : 'no',
      ]),
    ),
  );
}

async function audience(cli: Cli, name: string): Promise<void> {
  const found = await campaignAudience(await cli.db(), { name, now: new Date() });
  cli.print(found, () =>
    [
      `${found.campaignId} version ${found.version}: ${number(found.users)} users are meant, ${number(found.treatable)} by their score, ${number(found.newEntries)} would enter now`,
      ...found.excluded.map(({ users, words }) => `${number(users)} ${words.en}`),
      '',
      tableOr(
        'nobody is warned; import warnings with `recallwave import warnings FILE`',
        ['segment', 'action', 'users', 'inside', 'exploring', 'entered'],
        found.segments.map((one) => [one.segment, one.action, one.users, one.inside, one.exploring, one.entered]),
      ),
    ].join('\n'),
  );
}

async function diff(cli: Cli, name: string, versions: { from: number; to: number }): Promise<void> {
  const found = await compareVersions(await cli.db(), { name, ...versions });
  const lines = [...found.differences, ...found.texts].map(differenceText);
  cli.print(found, () => (lines.length === 0 ? 'nothing differs' : lines.join('\n')));
}

async function goals(cli: Cli, campaignId: string): Promise<void> {
  const found = await campaignGoals(await cli.db(), { campaignId, asOf: new Date() });
  cli.print({ campaignId, goals: found }, () =>
    found.length === 0
      ? `${campaignId} names no goals; add \`goals:\` to its file (docs/campaigns.md)`
      : found.flatMap((goal) => goal.periods.map(({ sentence }) => `${goal.name}: ${sentence}`)).join('\n'),
  );
}

async function changes(cli: Cli, campaignId: string): Promise<void> {
  const found = await changesOf(await cli.db(), { campaignId, to: new Date() });
  cli.print({ campaignId, changes: found }, () =>
    found.length === 0
      ? 'nothing changed in the last 90 days'
      : table(
          ['time', 'what', 'by', ''],
          found.map((one) => [time(one.at), one.kind, one.actor, one.sentence]),
        ),
  );
}
