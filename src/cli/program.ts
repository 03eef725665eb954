import { Command, CommanderError, Option } from 'commander';
import { commandNames, loadCommand } from './commands.ts';
import { reportFailure } from './failure-report.ts';
import { commandRunner } from './run.ts';
import type { ExitCode } from './run.ts';

/** Runs `recallwave` with these arguments; resolves to the exit code once everything it opened is closed again. */
export async function runProgram(args: string[]): Promise<ExitCode> {
  stopQuietlyWhenNobodyReads();
  const { program, run, exitCode } = buildProgram();
  try {
    for (const name of wanted(args)) (await loadCommand(name))(program, run);
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    return exitOf(error, args);
  }
  return exitCode();
}

function buildProgram() {
  const program = new Command('recallwave')
    .description('Recall campaigns for users who are about to leave: warned users in, a proved send out.')
    .addOption(new Option('--json', 'results as JSON on stdout, errors as JSON on stderr'))
    .addOption(new Option('--as <name>', 'who does it, for the audit log (default: the system user)'))
    .addOption(new Option('--verbose', 'stack traces with errors'))
    .addOption(new Option('--live', 'let messages leave this machine where credentials are set'))
    .configureHelp({ showGlobalOptions: true, sortSubcommands: true })
    .configureOutput({ outputError: () => {} }) // reportFailure writes usage errors too
    .exitOverride();
  const { run, exitCode } = commandRunner(program);
  return { program, run, exitCode };
}

/** Only the command that is meant gets loaded; help and unknown names need them all. */
function wanted(args: string[]): readonly string[] {
  const named = args.find((word, index) => !word.startsWith('-') && args[index - 1] !== '--as');
  return named !== undefined && commandNames.includes(named) ? [named] : commandNames;
}

function exitOf(error: unknown, args: string[]): ExitCode {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  // 'commander.help': a command group without its subcommand has just printed its help.
  const shown = error instanceof CommanderError && error.code === 'commander.help';
  if (!shown) reportFailure(error, { json: args.includes('--json'), verbose: args.includes('--verbose') });
  return 2;
}

/** `recallwave … | head` closes the pipe early: no error worth telling. */
function stopQuietlyWhenNobodyReads(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}
