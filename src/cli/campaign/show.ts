import type { Command } from 'commander';
import {
  campaignHistory,
  changeCampaignState,
  listCampaignLines,
  showCampaign,
  type CampaignLine,
  type ShownCampaign,
} from '../../app/campaigns/show-campaign.ts';
import type { Cli, RunCommand } from '../cli.ts';
import { count } from '../format/options.ts';
import { number, table, tableOr } from '../format/table.ts';
import { interval } from '../format/threshold-words.ts';
import { time } from '../format/time.ts';
import { scheduleOf, scheduleText } from './apply.ts';

/** Adds `list`, `show`, `history`, `pause`, `resume` and `archive` to the group `recallwave campaign`. */
export function registerShow(campaign: Command, run: RunCommand): void {
  campaign.command('list').description('the campaigns with their versions in force').action(run(list));
  campaign
    .command('show <campaign>')
    .description('a campaign: version, schedule, live policy, open entries')
    .option('--version <n>', 'an older version', count)
    .option('--source', 'print the file as it was applied')
    .action(run(show));
  campaign.command('history <campaign>').description('its versions, newest first').action(run(history));
  for (const [name, state, description] of [
    ['pause', 'paused', 'start no new waves; what a running one has not sent waits'],
    ['resume', 'active', 'start waves again'],
    ['archive', 'archived', 'end a campaign: no more waves, its Schedule is taken away'],
  ] as const) {
    campaign
      .command(`${name} <campaign>`)
      .description(description)
      .option('--reason <text>', 'for the audit log')
      .action(
        run((cli: Cli, campaignId: string, flags: { reason?: string }) =>
          change(cli, { campaignId, state, reason: flags.reason }),
        ),
      );
  }
}

async function list(cli: Cli): Promise<void> {
  const campaigns = await listCampaignLines(await cli.db());
  cli.print({ campaigns }, () =>
    tableOr(
      'no campaigns; publish one with: recallwave campaign apply FILE',
      ['campaign', 'state', 'version', 'priority', 'schedule', 'by', 'published'],
      campaigns.map((line) => [
        line.campaignId,
        line.state,
        line.version,
        line.priority,
        scheduleWords(line),
        line.author,
        time(line.publishedAt),
      ]),
    ),
  );
}

function scheduleWords({ schedule }: CampaignLine): string {
  return `${schedule.at} ${schedule.timezone}${schedule.days ? ` (${schedule.days.join(', ')})` : ''}`;
}

async function show(cli: Cli, campaignId: string, flags: { version?: number; source?: true }): Promise<void> {
  const shown = await showCampaign(await cli.db(), { campaignId, version: flags.version, now: new Date() });
  cli.print(shown, () => (flags.source ? shown.source : shownText(shown)));
}

function shownText(shown: ShownCampaign): string {
  const { definition } = shown;
  const other = shown.version === shown.versionInForce ? '' : ` (in force is ${shown.versionInForce})`;
  const arms = definition.actions.flatMap((action) =>
    action.arms.map((arm) => [
      action.id,
      action.kind,
      `${arm.id}${arm.control ? ' (control)' : ''}`,
      arm.share,
      arm.steps.map((step) => step.channels.join(' or ')).join(', then ') || 'nothing',
    ]),
  );
  const policies = shown.policies.map((one) => [
    one.segment,
    one.action,
    one.policyVersion,
    interval(one),
    `${one.inside} / ${one.outside}`,
  ]);
  return [
    `${shown.campaignId} version ${shown.version}${other}, ${shown.state}, priority ${shown.priority}`,
    ...Object.entries(shown.name).map(([locale, name]) => `  ${locale}: ${name}`),
    `published ${time(shown.publishedAt)} by ${shown.author}, hash ${shown.hash.slice(0, 12)}`,
    `schedule: ${scheduleWords(shown)}; holdout ${definition.holdout}; goal ${definition.goal.event} in ${definition.goal.windowDays} days`,
    ...shown.openEntries.map(({ version, entries }) => `${number(entries)} open entries on version ${version}`),
    '',
    table(['action', 'kind', 'arm', 'share', 'steps'], arms),
    '',
    table(['segment', 'action', 'policy', 'interval', 'e inside / outside'], policies),
  ].join('\n');
}

async function history(cli: Cli, campaignId: string): Promise<void> {
  const versions = await campaignHistory(await cli.db(), campaignId);
  cli.print({ campaignId, versions }, () =>
    table(
      ['version', '', 'published', 'by', 'hash'],
      versions.map((line) => [
        line.version,
        line.current ? 'in force' : '',
        time(line.publishedAt),
        line.author,
        line.hash.slice(0, 12),
      ]),
    ),
  );
}

async function change(
  cli: Cli,
  input: { campaignId: string; state: 'active' | 'paused' | 'archived'; reason: string | undefined },
): Promise<void> {
  const { campaignId, state, reason } = input;
  const order = { db: await cli.db(), name: campaignId, state, actor: cli.actor };
  const changed = await changeCampaignState({ ...order, ...(reason === undefined ? {} : { reason }) });
  const schedule = await scheduleOf(cli, campaignId);
  cli.print({ campaignId, state, changed, schedule }, () =>
    [`${campaignId} is ${state}${changed ? '' : ' already'}`, scheduleText(schedule)].join('\n'),
  );
}
