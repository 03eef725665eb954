import { InvalidArgumentError, type Command } from 'commander';
import { createApiKey, listApiKeys, revokeApiKey, type ApiKeyRow } from '../../app/api-keys.ts';
import { API_SCOPES, type ApiScope } from '../../domain/roles.ts';
import type { RegisterCommands, RunCommand } from '../cli.ts';
import { tableOr } from '../format/table.ts';
import { time } from '../format/time.ts';

export const register: RegisterCommands = (program, run) => {
  const key = program.command('key').description('keys of the HTTP API');
  registerCreate(key, run);
  key
    .command('list')
    .description('every key, without what it can be used with')
    .action(
      run(async (cli) => {
        const keys = await listApiKeys(await cli.db());
        cli.print({ keys }, () => listed(keys));
      }),
    );
  key
    .command('revoke')
    .argument('<key>', 'its number, prefix or name')
    .description('end a key at once')
    .action(
      run(async (cli, which: string) => {
        const { row, changed } = await revokeApiKey({ db: await cli.db(), which, actor: cli.actor });
        cli.print({ keyNo: row.keyNo, name: row.name, changed }, () =>
          changed ? `key ${row.keyNo} (${row.name}) is revoked` : `key ${row.keyNo} (${row.name}) was revoked already`,
        );
      }),
    );
};

function registerCreate(key: Command, run: RunCommand): void {
  key
    .command('create')
    .argument('<name>', 'who will use it; events say api:NAME')
    .description('make a key and print it, this once')
    .requiredOption('--scope <scope>', `what it may do: ${API_SCOPES.join(', ')} (may be repeated)`, scope)
    .option('--expires <duration>', 'when it ends by itself, such as 90d (default: never)')
    .action(
      run(async (cli, name: string, options: { scope: ApiScope[]; expires?: string }) => {
        const { key: made, row } = await createApiKey({
          db: await cli.db(),
          name,
          scopes: options.scope,
          expiresIn: options.expires ?? null,
          actor: cli.actor,
        });
        cli.print({ key: made, ...row }, () => made);
        cli.note(`key ${row.keyNo} (${row.name}) may ${row.scopes.join(', ')}; it is shown this once, so keep it safe`);
      }),
    );
}

function scope(value: string, before: ApiScope[] = []): ApiScope[] {
  const found = API_SCOPES.find((one) => one === value);
  if (found === undefined) throw new InvalidArgumentError(`the scopes are ${API_SCOPES.join(', ')}.`);
  return [...before, found];
}

function listed(keys: readonly ApiKeyRow[]): string {
  return tableOr(
    'there is no key; make one with `recallwave key create NAME --scope events:write`',
    ['key', 'name', 'prefix', 'scopes', 'state', 'expires', 'made', 'by'],
    keys.map((row) => [
      row.keyNo,
      row.name,
      `rw_${row.prefix}`,
      row.scopes.join(', '),
      row.revokedAt !== null ? 'revoked' : row.valid ? 'valid' : 'expired',
      time(row.expiresAt),
      time(row.createdAt),
      row.actor,
    ]),
  );
}
