import { listPlaybooks } from '../../app/drafts/playbooks.ts';
import type { RegisterCommands } from '../cli.ts';
import { table } from '../format/table.ts';

export const register: RegisterCommands = (program, run) => {
  const playbook = program.command('playbook').description('campaigns that ship with Recallwave, to begin one from');
  playbook
    .command('list')
    .description('the playbooks; begin a campaign with `recallwave draft begin CAMPAIGN --playbook ID`')
    .action(
      run(async (cli) => {
        const playbooks = await listPlaybooks();
        cli.print({ playbooks }, () =>
          table(
            ['playbook', 'name', 'channels', 'actions'],
            playbooks.map((one) => [
              one.id,
              one.name['en'] ?? Object.values(one.name)[0],
              one.channels.join(', '),
              one.actions.map(({ id, kind }) => `${id} (${kind})`).join(', '),
            ]),
          ),
        );
      }),
    );
};
