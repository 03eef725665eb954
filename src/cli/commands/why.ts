import { why } from '../../app/why.ts';
import type { RegisterCommands } from '../cli.ts';
import { whyText } from '../format/why-text.ts';

export const register: RegisterCommands = (program, run) => {
  program
    .command('why')
    .argument('<user>', 'user id as imported')
    .description('why a user got, or did not get, a message')
    .option('--wave <wave>', 'its number, campaign/date, or the campaign; else the newest one that the user was in')
    .option('--campaign <id>', 'the newest wave of this campaign')
    .action(
      run(async (cli, userId: string, options: { wave?: string; campaign?: string }) => {
        const report = await why({ db: await cli.db(), userId, wave: options.wave, campaignId: options.campaign });
        cli.print(report, () => whyText(report));
      }),
    );
};
