import { verifyAudit } from '../../app/audit-verification.ts';
import { auditLog } from '../../app/audit.ts';
import type { RegisterCommands } from '../cli.ts';
import { count, moment } from '../format/options.ts';
import { tableOr } from '../format/table.ts';
import { time } from '../format/time.ts';

interface Options {
  actor?: string;
  action?: string;
  subject?: string;
  since?: Date;
  limit: number;
}

export const register: RegisterCommands = (program, run) => {
  const audit = program.command('audit').description('who did what');
  audit
    .command('list')
    .description('the newest changes')
    .option('--actor <actor>', 'only by this actor, such as cli:ana')
    .option('--action <text>', 'only actions that begin like this, such as wave.')
    .option('--subject <text>', 'only subjects that begin like this, such as wave/12')
    .option('--since <time>', 'not before (ISO 8601 with offset)', moment)
    .option('--limit <n>', 'how many', count, 50)
    .action(
      run(async (cli, options: Options) => {
        const entries = await auditLog({ db: await cli.db(), ...options });
        cli.print({ entries }, () =>
          tableOr(
            'no change fits; leave away an option to see more',
            ['time', 'actor', 'action', 'subject', 'details'],
            entries.map((row) => [time(row.at), row.actor, row.action, row.subject, details(row.details)]),
          ),
        );
      }),
    );
  audit
    .command('verify')
    .description('whether the log is as it was written: its chain of hashes')
    .action(
      run(async (cli) => {
        const report = await verifyAudit({ db: await cli.db() });
        cli.print(report, () => [report.sentence, `last hash ${report.lastHash ?? '–'}`].join('\n'));
        if (!report.ok) cli.setExitCode(1);
      }),
    );
};

function details(value: Record<string, unknown>): string {
  return Object.entries(value)
    .map(([name, detail]) => `${name}: ${typeof detail === 'string' ? detail : JSON.stringify(detail)}`)
    .join(', ');
}
