import type { Command } from 'commander';
import { proposeThresholds, showThresholds, thresholdHistory } from '../../app/thresholds.ts';
import { thresholdPage } from '../../app/pictures/threshold-page.ts';
import type { PictureLanguage } from '../../app/results.ts';
import type { RunCommand } from '../cli.ts';
import { moment } from '../format/options.ts';
import { cycleText } from '../format/threshold-cycle-text.ts';
import { historyText } from '../format/threshold-history-text.ts';
import { thresholdText } from '../format/threshold-text.ts';
import { languageOption, writePage } from '../format/write-page.ts';

/** Adds `show`, `propose` and `history` to the group `recallwave threshold`. */
export function registerLooks(threshold: Command, run: RunCommand): void {
  registerShow(threshold, run);
  registerPropose(threshold, run);
  threshold
    .command('history')
    .argument('<campaign>')
    .option('--segment <segment>', 'only this segment and what holds for all')
    .description('every proposal and what became of it, every policy, every switch')
    .action(
      run(async (cli, campaignId: string, options: { segment?: string }) => {
        const history = await thresholdHistory({ db: await cli.db(), campaignId, ...options });
        cli.print(history, () => historyText(history));
      }),
    );
}

function registerShow(threshold: Command, run: RunCommand): void {
  threshold
    .command('show')
    .argument('<campaign>')
    .option('--html <file>', 'write it as a page with pictures')
    .addOption(languageOption())
    .description('the thresholds in force, the value of treating by score band, and what is proposed')
    .action(
      run(async (cli, campaignId: string, { html, language }: { html?: string; language: PictureLanguage }) => {
        const report = await showThresholds({ db: await cli.db(), campaignId });
        if (html !== undefined) {
          await writePage(html, thresholdPage(report, { name: null, language }));
          cli.note(`written: ${html}`);
        }
        cli.print(report, () => thresholdText(report));
      }),
    );
}

function registerPropose(threshold: Command, run: RunCommand): void {
  threshold
    .command('propose')
    .argument('<campaign>')
    .option('--as-of <time>', 'learn from what was known then (default: now)', moment)
    .description('run a learning cycle now; what it finds waits for `apply`, except in mode auto')
    .action(
      run(async (cli, campaignId: string, options: { asOf?: Date }) => {
        const order = { db: await cli.db(), campaignId, asOf: options.asOf, now: new Date(), actor: cli.actor };
        const cycle = await proposeThresholds(order);
        cli.print(cycle, () => cycleText(cycle));
      }),
    );
}
