import { answersTo, surveys } from '../../app/surveys/survey-lists.ts';
import type { RegisterCommands } from '../cli.ts';
import { count } from '../format/options.ts';
import { tableOr } from '../format/table.ts';
import { time } from '../format/time.ts';

export const register: RegisterCommands = (program, run) => {
  const command = program.command('survey').description('what users answered when they were asked why');
  command
    .command('list')
    .description('campaigns that ask a survey: asked, answered, by reason')
    .option('--limit <n>', 'how many', count, 50)
    .action(
      run(async (cli, { limit }: { limit: number }) => {
        const found = await surveys({ db: await cli.db(), limit });
        cli.print({ surveys: found }, () =>
          tableOr(
            'no campaign asks a survey yet; give an action `kind: survey` and a link to {{surveyUrl}} (docs/campaigns.md)',
            ['campaign', 'asked', 'answered', 'reasons', 'last answer'],
            found.map((row) => [
              row.campaignId,
              String(row.asked),
              String(row.answered),
              row.reasons.map(({ reason, answered }) => `${reason} ${answered}`).join(', '),
              time(row.lastAnswerAt),
            ]),
          ),
        );
      }),
    );
  command
    .command('answers')
    .argument('<campaign>', 'campaign id')
    .description('answers to the survey of a campaign, newest first')
    .option('--reason <reason>', 'only this churn reason')
    .option('--limit <n>', 'how many', count, 50)
    .action(
      run(async (cli, campaignId: string, options: { reason?: string; limit: number }) => {
        const found = await answersTo({ db: await cli.db(), campaignId, ...options });
        cli.print({ answers: found }, () =>
          tableOr(
            'nobody has answered yet',
            ['answer', 'user', 'message', 'reason', 'comment', 'answered'],
            found.map((row) => [
              String(row.answerNo),
              row.userId ?? 'erased',
              String(row.messageNo),
              row.reason,
              row.comment,
              time(row.answeredAt),
            ]),
          ),
        );
      }),
    );
};
