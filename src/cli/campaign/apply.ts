import type { Command } from 'commander';
import { applyCampaignFile, type AppliedCampaign } from '../../app/campaigns/apply.ts';
import { problemText } from '../../app/campaigns/file/finding.ts';
import { followWithSchedule, type ScheduleFollowed } from '../../app/campaigns/follow-with-schedule.ts';
import type { Cli, RunCommand } from '../cli.ts';

/** Adds `apply` to the group `recallwave campaign`. */
export function registerApply(campaign: Command, run: RunCommand): void {
  campaign
    .command('apply <file>')
    .description('publish a file as the next version; the second time changes nothing')
    .option('--reset-policy', "also put the file's policies in force where the live ones differ")
    .action(run(apply));
}

async function apply(cli: Cli, file: string, flags: { resetPolicy?: true }): Promise<void> {
  const db = await cli.db();
  const { actor } = cli;
  const applied = await applyCampaignFile({ db, path: file, actor, resetPolicy: flags.resetPolicy ?? false });
  const schedule = await scheduleOf(cli, applied.campaignId);
  cli.print({ ...applied, schedule }, () => appliedText(applied, schedule));
  applied.warnings.forEach((problem) => cli.note(problemText(problem)));
}

/** Brings a campaign's Schedule in line where Temporal can be reached. */
export async function scheduleOf(cli: Cli, campaignId: string): Promise<ScheduleFollowed> {
  const { queuePrefix } = cli.config.temporal;
  return followWithSchedule({ db: await cli.db(), campaignId, queuePrefix, connect: () => cli.temporal() });
}

/** What became of the Schedule, in words. */
export function scheduleText(schedule: ScheduleFollowed): string {
  return schedule === 'later'
    ? 'Schedule: Temporal is not running here; the worker brings it in line when it starts'
    : `Schedule: ${schedule}`;
}

const WORDS: Record<AppliedCampaign['disposition'], string> = {
  published: 'published',
  reinstated: 'in force again',
  unchanged: 'is in force already; nothing changed',
};

function appliedText(applied: AppliedCampaign, schedule: ScheduleFollowed): string {
  return [
    `${applied.campaignId} version ${applied.version} ${WORDS[applied.disposition]}`,
    ...applied.policies.map((one) => `live policy ${one.segment}/${one.action} ${one.policyVersion}: ${one.reason}`),
    ...applied.pools.map((pool) => `coupon pool ${pool}: its codes are made when waves need them`),
    scheduleText(schedule),
  ].join('\n');
}
