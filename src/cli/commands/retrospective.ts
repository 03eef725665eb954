import { Option } from 'commander';
import { namedWave } from '../../app/named.ts';
import { retrospectiveOfPeriod, retrospectiveOfWave, type Retrospective } from '../../app/retrospective.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import type { Cli, RegisterCommands } from '../cli.ts';
import { localDate } from '../format/options.ts';
import { number, table } from '../format/table.ts';

interface Options {
  from?: string;
  to?: string;
  campaign?: string;
  language: 'en' | 'zh-CN';
}

export const register: RegisterCommands = (program, run) => {
  program
    .command('retrospective')
    .argument('[wave]', 'its number, campaign/date, or the campaign; else a period with --from and --to')
    .description('a wave or a period looked back on: funnel, channels, reasons, goals, in words')
    .option('--from <date>', 'first local date (YYYY-MM-DD)', localDate)
    .option('--to <date>', 'last local date (YYYY-MM-DD)', localDate)
    .option('--campaign <id>', 'only waves of this campaign')
    .addOption(new Option('--language <language>', 'of the sentences').choices(['en', 'zh-CN']).default('en'))
    .action(
      run(async (cli, name: string | undefined, options: Options) => {
        const found = await lookBack(cli, name, options);
        cli.print(found, () => text(found));
      }),
    );
};

async function lookBack(cli: Cli, name: string | undefined, options: Options): Promise<Retrospective> {
  const asked = { db: await cli.db(), now: new Date(), language: options.language };
  if (name !== undefined) {
    const { waveNo } = await namedWave(asked.db, name);
    return retrospectiveOfWave({ ...asked, waveNo });
  }
  const { from, to, campaign } = options;
  if (from === undefined || to === undefined) {
    throw new RecallwaveError('BadInput', 'say what to look back on', 'name a wave, or a period with --from and --to');
  }
  return retrospectiveOfPeriod({ ...asked, from, to, campaignId: campaign });
}

function text(found: Retrospective): string {
  const { from, to, campaignId, waveCount, sentences, channels, blocked } = found;
  const period = from === to ? from : `${from} to ${to}`;
  return [
    `${campaignId ?? 'all campaigns'}, ${period}: ${number(waveCount)} waves`,
    ...sentences,
    '',
    table(
      ['channel', 'planned', 'accepted'],
      channels.map((one) => [one.channel, one.planned, one.accepted]),
    ),
    '',
    table(
      ['not contacted at', 'reason', 'users'],
      blocked.map((one) => [one.rung, one.reason, one.users]),
    ),
  ].join('\n');
}
