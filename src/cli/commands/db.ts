import type { RegisterCommands } from '../cli.ts';

export const register: RegisterCommands = (program, run) => {
  const database = program.command('db').description('the database’s schema');
  database
    .command('migrate')
    .description('bring the database of DATABASE_URL (else the embedded one) to this version’s schema')
    .action(
      run(async (cli) => {
        const { migrateDatabase } = await import('../../worker/stack/open-database.ts');
        const migrations = await migrateDatabase(cli);
        cli.print({ migrations }, () =>
          migrations.length === 0
            ? 'The schema is up to date.'
            : `Applied:\n${migrations.map((name) => `  ${name}`).join('\n')}`,
        );
      }),
    );
};
