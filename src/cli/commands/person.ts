import { Option, type Command } from 'commander';
import { invite, listInvitations, withdrawInvitation, type InvitationRow } from '../../app/people/invitations.ts';
import { changePerson, listPeople, namedPerson, type PersonRow } from '../../app/people/people.ts';
import { endSessions } from '../../app/people/sessions.ts';
import { ROLES, type Role } from '../../domain/roles.ts';
import type { Cli, RegisterCommands, RunCommand } from '../cli.ts';
import { count } from '../format/options.ts';
import { table, tableOr } from '../format/table.ts';
import { time } from '../format/time.ts';

export const register: RegisterCommands = (program, run) => {
  const person = program.command('person').description('accounts of the console');
  registerLooks(person, run);
  registerChanges(person, run);
  registerLinks(person, run);
};

const WHO = 'login or number';
const roleOption = (text: string): Option => new Option('--role <role>', text).choices([...ROLES]);

function registerLooks(person: Command, run: RunCommand): void {
  person
    .command('list')
    .description('everybody who has an account')
    .action(
      run(async (cli) => {
        const people = await listPeople(await cli.db());
        cli.print({ people }, () =>
          tableOr(
            'nobody has an account; send a link with `recallwave person invite --role admin`',
            HEAD,
            people.map(line),
          ),
        );
      }),
    );
  person
    .command('invitations')
    .description('one-time links that could still be used')
    .action(
      run(async (cli) => {
        const invitations = await listInvitations(await cli.db());
        cli.print({ invitations }, () =>
          tableOr(
            'no link is open; make one with `recallwave person invite --role viewer`',
            ['invitation', 'role', 'person', 'until', 'by'],
            invitations.map((row) => [
              String(row.invitationNo),
              row.role,
              row.personNo === null ? 'new account' : String(row.personNo),
              time(row.expiresAt),
              row.actor,
            ]),
          ),
        );
      }),
    );
}

function registerChanges(person: Command, run: RunCommand): void {
  person
    .command('change')
    .argument('<person>', WHO)
    .description('another role or name; who loses rights is logged out')
    .addOption(roleOption('the new role'))
    .option('--name <name>', 'the new name')
    .action(run((cli, who: string, change: { role?: Role; name?: string }) => apply(cli, who, change)));
  for (const [verb, disabled, description] of [
    ['disable', true, 'log an account out and let it in no more'],
    ['enable', false, 'let a disabled account in again'],
  ] as const) {
    person
      .command(verb)
      .argument('<person>', WHO)
      .description(description)
      .action(run((cli, who: string) => apply(cli, who, { disabled })));
  }
  person
    .command('log-out')
    .argument('<person>', WHO)
    .description('end every session of an account')
    .action(
      run(async (cli, who: string) => {
        const db = await cli.db();
        const found = await namedPerson(db, who);
        const ended = await endSessions({ db, person: found, actor: cli.actor });
        cli.print({ ended }, () => `${found.login}: ${ended} sessions ended`);
      }),
    );
}

function registerLinks(person: Command, run: RunCommand): void {
  person
    .command('invite')
    .description('make a one-time link for a new account; it is shown this once')
    .addOption(roleOption('what the account may do').default('viewer'))
    .action(run((cli, options: { role: Role }) => link(cli, { role: options.role })));
  person
    .command('reset-password')
    .argument('<person>', WHO)
    .description('make a one-time link that sets a new password; it is shown this once')
    .action(
      run(async (cli, who: string) => {
        const { personNo, role } = await namedPerson(await cli.db(), who);
        await link(cli, { role, personNo });
      }),
    );
  person
    .command('withdraw')
    .argument('<invitation>', 'number of the link', count)
    .description('end a one-time link that was not used')
    .action(
      run(async (cli, invitationNo: number) => {
        const changed = await withdrawInvitation({ db: await cli.db(), invitationNo, actor: cli.actor });
        cli.print({ invitationNo, changed }, () =>
          changed ? `link ${invitationNo} is withdrawn` : `link ${invitationNo} was over already`,
        );
      }),
    );
}

async function apply(cli: Cli, who: string, change: Parameters<typeof changePerson>[0]['change']): Promise<void> {
  const db = await cli.db();
  const { personNo } = await namedPerson(db, who);
  const changed = await changePerson({ db, personNo, change, actor: cli.actor });
  cli.print(changed, () => table(HEAD, [line(changed)]));
}

async function link(cli: Cli, wish: { role: Role; personNo?: number }): Promise<void> {
  const made: { token: string; invitation: InvitationRow } = await invite({
    db: await cli.db(),
    ...wish,
    actor: cli.actor,
  });
  const url = `${cli.config.publicUrl}/invitation/${made.token}`;
  cli.print({ invitation: made.invitation, url }, () => url);
  cli.note(`open until ${time(made.invitation.expiresAt)}, for one use; it is shown this once`);
}

const HEAD = ['person', 'login', 'name', 'role', 'state', 'since'];

function line(row: PersonRow): (string | null)[] {
  const state = row.disabledAt === null ? (row.loopbackOnly ? 'this machine only' : 'active') : 'disabled';
  return [String(row.personNo), row.login, row.name, row.role, state, time(row.createdAt)];
}
