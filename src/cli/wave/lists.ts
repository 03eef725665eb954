import { Option, type Command } from 'commander';
import { namedWave } from '../../app/named.ts';
import { pageOfMessages, pageOfWays } from '../../app/waves/wave-lists.ts';
import { waveReturns } from '../../app/waves/wave-view.ts';
import {
  DISPOSITIONS,
  MESSAGE_STATES,
  RUNGS,
  type Disposition,
  type MessageState,
  type Rung,
} from '../../domain/words.ts';
import type { RunCommand } from '../cli.ts';
import { count } from '../format/options.ts';
import { number, tableOr } from '../format/table.ts';
import { time } from '../format/time.ts';

const NAME = 'its number, campaign/date, or the campaign (its latest wave)';

/** Adds `returns`, `users` and `messages` to the group `recallwave wave`: the rows behind its numbers. */
export function registerWaveLists(wave: Command, run: RunCommand): void {
  wave
    .command('returns')
    .argument('<wave>', NAME)
    .description('who came back so far, contacted and held out')
    .action(
      run(async (cli, name: string) => {
        const db = await cli.db();
        const { waveNo } = await namedWave(db, name);
        const found = await waveReturns({ db, waveNo, now: new Date() });
        cli.print({ waveNo, ...found }, () =>
          [
            `contacted: ${number(found.contactedReturned)} of ${number(found.contacted)} came back`,
            `held out: ${number(found.heldOutReturned)} of ${number(found.heldOut)} came back`,
            `${number(found.windowsOpen)} outcome windows are still open`,
          ].join('\n'),
        );
      }),
    );
  registerUsers(wave, run);
  registerMessages(wave, run);
}

interface UserFilter {
  disposition?: Disposition;
  rung?: Rung;
  reason?: string;
  arm?: string;
  limit: number;
}

function registerUsers(wave: Command, run: RunCommand): void {
  wave
    .command('users')
    .argument('<wave>', NAME)
    .description('the users behind each number of the waterfall')
    .addOption(new Option('--disposition <word>', 'only these').choices([...DISPOSITIONS]))
    .addOption(new Option('--rung <rung>', 'only who stopped at this rung').choices([...RUNGS]))
    .option('--reason <reason>', 'only for this reason')
    .option('--arm <arm>', 'only of this arm')
    .option('--limit <n>', 'how many', count, 100)
    .action(
      run(async (cli, name: string, filter: UserFilter) => {
        const db = await cli.db();
        const { waveNo } = await namedWave(db, name);
        const users = await pageOfWays(db, { ...filter, waveNo, after: null });
        cli.print({ waveNo, users }, () =>
          tableOr(
            'nobody fits; leave away an option to see more',
            ['user', 'step', 'way', 'ended at', 'reason', 'arm', 'message', 'state'],
            users.map((row) => [
              row.userId ?? `user_no ${row.userNo}`,
              String(row.step),
              row.disposition,
              row.rung,
              row.reason,
              row.arm,
              row.messageNo === null ? null : String(row.messageNo),
              row.state,
            ]),
          ),
        );
      }),
    );
}

function registerMessages(wave: Command, run: RunCommand): void {
  wave
    .command('messages')
    .argument('<wave>', NAME)
    .description('messages of a wave, with why one failed or is unknown')
    .addOption(new Option('--state <state>', 'only in this state').choices([...MESSAGE_STATES]))
    .option('--limit <n>', 'how many', count, 100)
    .action(
      run(async (cli, name: string, filter: { state?: MessageState; limit: number }) => {
        const db = await cli.db();
        const { waveNo } = await namedWave(db, name);
        const messages = await pageOfMessages(db, { ...filter, waveNo, afterNo: 0 });
        cli.print({ waveNo, messages }, () =>
          tableOr(
            'no message fits; leave away --state to see more',
            ['message', 'user', 'channel', 'arm', 'state', 'why', 'changed', 'tries'],
            messages.map((row) => [
              String(row.messageNo),
              row.userId ?? `user_no ${row.userNo}`,
              row.channel,
              row.arm,
              row.state,
              row.stateReason,
              time(row.changedAt),
              row.tries,
            ]),
          ),
        );
      }),
    );
}
