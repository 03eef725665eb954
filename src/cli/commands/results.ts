import { InvalidArgumentError } from 'commander';
import { repeatRead, results, resultsHtml, storedReads, type PictureLanguage } from '../../app/results.ts';
import { resultPoints } from '../../app/results-over-time.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import { nearest } from '../../domain/nearest.ts';
import { READ_DIMENSIONS, type ReadDimension } from '../../domain/read-inputs.ts';
import type { Cli, RegisterCommands } from '../cli.ts';
import { count, moment } from '../format/options.ts';
import { pointsText } from '../format/results-points.ts';
import { readsText, repeatText, resultsText } from '../format/results-text.ts';
import { languageOption, writePage } from '../format/write-page.ts';

interface Options {
  asOf?: Date;
  by?: ReadDimension;
  html?: string;
  language: PictureLanguage;
  repeat?: number;
  list?: true;
  limit: number;
  overTime?: true;
}

export const register: RegisterCommands = (program, run) => {
  program
    .command('results')
    .argument('[campaign]', 'its id; not needed with --repeat')
    .description('what came of a campaign: verdict, arms against the held-out, money, harm; the read is kept')
    .option('--as-of <time>', 'as it stood then (ISO 8601 with offset); else now', moment)
    .option('--by <dimension>', `also within each ${READ_DIMENSIONS.join(', ')}`, dimension)
    .option('--html <file>', 'write it as one page for the browser, readable without network')
    .addOption(languageOption())
    .option('--repeat <read>', 'compute a kept read again from its kept inputs; exit 1 where it differs', count)
    .option('--list', 'the reads that are kept')
    .option('--limit <n>', 'how many of them', count, 20)
    .option('--over-time', 'the effect on the goal by the newest kept read of each day')
    .action(
      run(async (cli, campaign: string | undefined, options: Options) => {
        if (options.repeat !== undefined) return repeat(cli, options.repeat);
        if (campaign === undefined) {
          throw new RecallwaveError('BadInput', 'which campaign?', 'name one: `recallwave campaign list` shows them');
        }
        if (options.overTime) return overTime(cli, campaign);
        return options.list ? list(cli, campaign, options.limit) : read(cli, campaign, options);
      }),
    );
};

/** Reads a dimension to slice by. */
function dimension(text: string): ReadDimension {
  const known = READ_DIMENSIONS.find((name) => name === text);
  if (known !== undefined) return known;
  const meant = nearest(text, READ_DIMENSIONS);
  throw new InvalidArgumentError(
    `choose one of ${READ_DIMENSIONS.join(', ')}${meant === undefined ? '' : `; did you mean ${meant}?`}`,
  );
}

async function overTime(cli: Cli, campaignId: string): Promise<void> {
  const points = await resultPoints(await cli.db(), { campaignId, to: new Date() });
  cli.print({ campaignId, points }, () => pointsText(points));
}

async function read(cli: Cli, campaign: string, { asOf, by, html, language }: Options): Promise<void> {
  const db = await cli.db();
  const now = new Date();
  const progress = cli.progress(`reading ${campaign}, seconds`);
  const ticking = setInterval(() => progress.update(Math.round((Date.now() - now.getTime()) / 1000)), 1000);
  try {
    const report = await results({ db, campaign, asOf: asOf ?? now, now, by: by ?? null, actor: cli.actor });
    progress.end();
    if (html !== undefined) await writePage(html, await resultsHtml({ db, report, language }));
    cli.print(report, () => resultsText(report));
  } finally {
    clearInterval(ticking);
  }
}

async function repeat(cli: Cli, readNo: number): Promise<void> {
  const repeated = await repeatRead({ db: await cli.db(), readNo });
  if (!repeated.same) cli.setExitCode(1);
  cli.print(repeated, () => repeatText(repeated));
}

async function list(cli: Cli, campaign: string, limit: number): Promise<void> {
  const reads = await storedReads(await cli.db(), { campaign, limit });
  cli.print({ reads }, () => readsText(reads));
}
