import { eraseUser, type Erasure } from '../../app/erase-user.ts';
import { exportUser } from '../../app/export-user.ts';
import { contactsOfUser } from '../../app/users/contacts.ts';
import { searchUsers } from '../../app/users/search.ts';
import { showUser, type UserReport } from '../../app/users.ts';
import type { RegisterCommands } from '../cli.ts';
import { contactsText, usersText } from '../format/user-text.ts';
import { count } from '../format/options.ts';
import { tableOr } from '../format/table.ts';
import { time } from '../format/time.ts';

export const register: RegisterCommands = (program, run) => {
  const user = program.command('user').description('what is known of a user');
  user
    .command('show')
    .argument('<user>', 'user id as imported')
    .description('addresses, consent, suppressions and waves of a user')
    .action(
      run(async (cli, userId: string) => {
        const report = await showUser({ db: await cli.db(), userId });
        cli.print(report, () => shown(report));
      }),
    );
  user
    .command('list')
    .description('users in order of import, or those whose id, address or number begins like --query')
    .option('--query <text>', 'beginning of a user id, e-mail address or phone number')
    .option('--limit <n>', 'how many', count, 50)
    .action(
      run(async (cli, { query, limit }: { query?: string; limit: number }) => {
        const found = await searchUsers(await cli.db(), { query, after: null, limit });
        const users = found.map(({ line }) => line);
        cli.print({ users }, () => usersText(users));
      }),
    );
  user
    .command('contacts')
    .argument('<user>', 'user id as imported')
    .description('every contact and non-contact, newest first, each with why')
    .option('--limit <n>', 'how many', count, 20)
    .action(
      run(async (cli, userId: string, { limit }: { limit: number }) => {
        const contacts = await contactsOfUser({ db: await cli.db(), userId, after: null, limit });
        cli.print({ userId, contacts }, () => contactsText(contacts));
      }),
    );
  user
    .command('export')
    .argument('<user>', 'user id as imported')
    .description('everything that is held about a user, as JSON')
    .action(
      run(async (cli, userId: string) => {
        const found = await exportUser({ db: await cli.db(), userId, actor: cli.actor, now: new Date() });
        cli.print(found, () => JSON.stringify(found, null, 2));
      }),
    );
  user
    .command('erase')
    .argument('<user>', 'user id as imported')
    .requiredOption('--confirm <user>', 'the user id once more: erasing cannot be undone')
    .requiredOption('--reason <text>', 'why, for the audit log; no name or address')
    .description('takes a person out for good; statistics keep a bare number')
    .action(
      run(async (cli, userId: string, options: { confirm: string; reason: string }) => {
        const report = await eraseUser({ db: await cli.db(), userId, ...options, actor: cli.actor });
        cli.print(report, () => erased(report));
      }),
    );
};

function erased({ userNo, again, cancelled }: Erasure): string {
  return again
    ? `user_no ${userNo} was erased before`
    : `erased: user_no ${userNo} is all that is left; ${cancelled} unsent messages were cancelled`;
}

function consent(value: boolean | null): string {
  return value === null ? 'not asked' : value ? 'yes' : 'no';
}

function shown({ user, pushSubscriptions, suppressions, answers, waves }: UserReport): string {
  const inForce = suppressions.filter((row) => row.liftedAt === null);
  const attributes = Object.entries(user.attributes).map(([name, value]) => `${name}=${String(value)}`);
  return [
    `user ${user.userId} (user_no ${user.userNo}), imported ${time(user.importedAt)}`,
    `locale ${user.locale ?? '–'}, time zone ${user.timezone ?? '–'}`,
    `email ${user.email ?? '–'} (consent: ${consent(user.consentEmail)})`,
    `phone ${user.phone ?? '–'} (consent: ${consent(user.consentSms)})`,
    `push subscriptions ${pushSubscriptions} (consent: ${consent(user.consentPush)})`,
    `attributes: ${attributes.join(', ') || '–'}`,
    `suppressed: ${inForce.map((row) => `${row.channel} since ${time(row.at)} (${row.reason})`).join(', ') || 'no'}`,
    `wants nothing of the categories: ${user.refusedCategories.join(', ') || 'none'}`,
    `answered: ${answers.map((row) => `${row.reason} at ${time(row.answeredAt)} (${row.campaignId})`).join(', ') || 'no survey'}`,
    '',
    tableOr(
      `in no wave yet; \`recallwave why ${user.userId}\` says why`,
      ['wave', 'campaign', 'date', 'step', 'way', 'ended at', 'reason', 'message', 'state'],
      waves.map((row) => [
        String(row.waveNo),
        row.campaignId,
        row.localDate,
        String(row.step),
        row.disposition,
        row.rung,
        row.reason,
        row.messageNo === null ? null : String(row.messageNo),
        row.state,
      ]),
    ),
  ].join('\n');
}
