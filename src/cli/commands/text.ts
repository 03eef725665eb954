import { Option } from 'commander';
import { DateTime } from 'luxon';
import { textLibrary, type TextLine } from '../../app/texts/text-library.ts';
import { CHANNELS, type ChannelName } from '../../domain/words.ts';
import type { RegisterCommands } from '../cli.ts';
import { localDate } from '../format/options.ts';
import { tableOr } from '../format/table.ts';

const DEFAULT_DAYS = 90;

interface Options {
  campaign?: string;
  channel?: ChannelName;
  locale?: string;
  from?: string;
  to?: string;
}

export const register: RegisterCommands = (program, run) => {
  const texts = program.command('text').description('the texts of campaigns');
  texts
    .command('list')
    .description('every text of the published versions, and what its receivers did')
    .option('--campaign <id>', 'only of this campaign')
    .addOption(new Option('--channel <channel>', 'only for this channel').choices([...CHANNELS]))
    .option('--locale <locale>', 'only in this language')
    .option('--from <date>', 'waves from this local date on (default: 90 days before --to)', localDate)
    .option('--to <date>', 'waves up to this local date (default: today)', localDate)
    .action(
      run(async (cli, options: Options) => {
        const { campaign, channel, locale } = options;
        const to = options.to ?? new Date().toISOString().slice(0, 10);
        const from = options.from ?? DateTime.fromISO(to).minus({ days: DEFAULT_DAYS }).toISODate() ?? to;
        const found = await textLibrary(await cli.db(), { campaignId: campaign, channel, locale, from, to });
        cli.print({ from, to, texts: found }, () => listed(found));
      }),
    );
};

function listed(found: readonly TextLine[]): string {
  return tableOr(
    'no text fits; publish a campaign with: recallwave campaign apply FILE',
    [
      'campaign',
      'action',
      'arm',
      'step',
      'channel',
      'locale',
      'subject',
      'accepted',
      'clicked',
      'returned',
      'opted out',
    ],
    found.map((line) => [
      line.campaignId,
      line.action,
      line.arm,
      String(line.step),
      line.channel,
      line.locale,
      line.subject ?? line.text.slice(0, 40),
      line.accepted,
      percent(line.clickRate),
      percent(line.returnRate),
      percent(line.unsubscribeRate),
    ]),
  );
}

function percent(rate: TextLine['clickRate']): string | null {
  return rate === null ? null : `${(100 * rate.value).toFixed(1)} %`;
}
