import { Option, type Command } from 'commander';
import { changeTask, noteTask, task, TASK_STATES, tasks, type TaskRow, type TaskState } from '../../app/tasks.ts';
import type { RegisterCommands, RunCommand } from '../cli.ts';
import { count } from '../format/options.ts';
import { tableOr } from '../format/table.ts';
import { time } from '../format/time.ts';

export const register: RegisterCommands = (program, run) => {
  const command = program.command('task').description('tasks for account managers');
  registerLooks(command, run);
  registerNote(command, run);
  for (const [verb, to, description] of CHANGES) {
    command
      .command(verb)
      .argument('<task>', 'task number', count)
      .description(description)
      .option('--note <text>', 'what came of it')
      .addOption(new Option('--for <name>', 'who takes it (default: who runs this)').hideHelp(verb !== 'claim'))
      .action(
        run(async (cli, taskNo: number, options: { note?: string; for?: string }) => {
          const db = await cli.db();
          const changed = await changeTask({
            db,
            taskNo,
            to,
            actor: cli.actor,
            assignee: options.for,
            note: options.note,
          });
          cli.print(changed, () => shown(changed));
        }),
      );
  }
};

function registerNote(command: Command, run: RunCommand): void {
  command
    .command('note')
    .argument('<task>', 'task number', count)
    .argument('<text>', 'the note')
    .description('replace the note of a task, in any state')
    .action(
      run(async (cli, taskNo: number, note: string) => {
        const noted = await noteTask({ db: await cli.db(), taskNo, note, actor: cli.actor });
        cli.print(noted, () => shown(noted));
      }),
    );
}

const CHANGES = [
  ['claim', 'claimed', 'take a task'],
  ['done', 'done', 'close a task that was done'],
  ['drop', 'dropped', 'close a task that will not be done'],
] as const;

interface ListOptions {
  state?: TaskState;
  campaign?: string;
  assignee?: string;
  limit: number;
}

function registerLooks(command: Command, run: RunCommand): void {
  command
    .command('list')
    .description('open and claimed tasks by due time')
    .addOption(new Option('--state <state>', 'only this state').choices([...TASK_STATES]))
    .option('--campaign <id>', 'only of this campaign')
    .option('--assignee <name>', 'only of this person')
    .option('--limit <n>', 'how many', count, 50)
    .action(
      run(async (cli, options: ListOptions) => {
        const { campaign, assignee, limit, state } = options;
        const states = state === undefined ? undefined : [state];
        const found = await tasks({ db: await cli.db(), states, campaignId: campaign, assignee, limit });
        cli.print({ tasks: found }, () => listed(found));
      }),
    );
  command
    .command('show')
    .argument('<task>', 'task number', count)
    .description('one task with its text')
    .action(
      run(async (cli, taskNo: number) => {
        const found = await task({ db: await cli.db(), taskNo });
        cli.print(found, () => shown(found));
      }),
    );
}

function listed(found: readonly TaskRow[]): string {
  return tableOr(
    'no task fits; tasks come from campaigns with a step on the channel `task`, see closed ones with --state done',
    ['task', 'state', 'user', 'title', 'due', 'assignee', 'campaign'],
    found.map((row) => [
      String(row.taskNo),
      row.state,
      row.userId,
      row.title,
      time(row.dueAt),
      row.assignee,
      row.campaignId,
    ]),
  );
}

function shown(row: TaskRow): string {
  return [
    `task ${row.taskNo}: ${row.state}${row.assignee === null ? '' : `, ${row.assignee}`}`,
    `user ${row.userId}, campaign ${row.campaignId}, due ${time(row.dueAt)}`,
    ...(row.note === null ? [] : [`note: ${row.note}`]),
    '',
    row.title,
    row.body,
  ].join('\n');
}
