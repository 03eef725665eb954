import { accuracyOfWarnings } from '../../app/warning-accuracy.ts';
import type { RegisterCommands } from '../cli.ts';
import { moment } from '../format/options.ts';
import { accuracyText } from '../format/accuracy-text.ts';

interface Options {
  campaign?: string;
  asOf?: Date;
  model?: string;
}

export const register: RegisterCommands = (program, run) => {
  const warnings = program.command('warnings').description('churn warnings that came in');
  warnings
    .command('accuracy')
    .description('how right the warnings were, judged on held-out people; whether they have changed')
    .option('--campaign <id>', 'only held-out people of this campaign')
    .option('--model <name>', 'only warnings of this model')
    .option('--as-of <time>', 'as of a time that has passed (ISO 8601 with offset)', moment)
    .action(
      run(async (cli, { campaign, model, asOf }: Options) => {
        const now = new Date();
        const report = await accuracyOfWarnings({
          db: await cli.db(),
          campaign: campaign ?? null,
          model: model ?? null,
          asOf: asOf ?? now,
          now,
        });
        cli.print(report, () => accuracyText(report));
      }),
    );
};
