import type { Command } from 'commander';
import { couponPools, createCouponPool, redeem, releaseCode, testCode } from '../../app/coupons.ts';
import type { RegisterCommands, RunCommand } from '../cli.ts';
import { moment } from '../format/options.ts';
import { tableOr } from '../format/table.ts';
import { time } from '../format/time.ts';

export const register: RegisterCommands = (program, run) => {
  const coupon = program.command('coupon').description('coupon pools and codes; codes come in by `import coupons`');
  registerPools(coupon, run);
  registerCodes(coupon, run);
};

function registerPools(coupon: Command, run: RunCommand): void {
  coupon
    .command('pools')
    .description('the pools and how many of their codes are in which state')
    .action(
      run(async (cli) => {
        const pools = await couponPools(await cli.db());
        cli.print({ pools }, () =>
          tableOr(
            'no coupon pool yet; import codes with `recallwave import coupons FILE`, or make a pool with `recallwave coupon create-pool NAME`',
            ['pool', 'kind', 'free', 'reserved', 'sent', 'redeemed', 'void', 'expired', 'test'],
            pools.map((row) => [
              row.pool,
              row.kind,
              row.free,
              row.reserved,
              row.sent,
              row.redeemed,
              row.void,
              row.expired,
              row.test,
            ]),
          ),
        );
      }),
    );
  coupon
    .command('create-pool')
    .argument('<pool>')
    .description('a pool that generates its codes when waves ask for them')
    .option('--prefix <text>', 'what each code begins with', '')
    .action(
      run(async (cli, pool: string, options: { prefix: string }) => {
        const made = await createCouponPool({ db: await cli.db(), pool, prefix: options.prefix, actor: cli.actor });
        cli.print(made, () => `pool ${made.pool} is there; name it in a campaign's offer`);
      }),
    );
  coupon
    .command('test-code')
    .argument('<pool>')
    .description('a code for trying things out: no wave gives it out, no figure counts it')
    .action(
      run(async (cli, pool: string) => {
        const made = await testCode({ db: await cli.db(), pool, actor: cli.actor });
        cli.print(made, () => made.code);
      }),
    );
}

function registerCodes(coupon: Command, run: RunCommand): void {
  coupon
    .command('redeem')
    .argument('<code>')
    .description('record that a code was used')
    .option('--pool <pool>', 'where several pools have the code')
    .option('--at <time>', 'when (ISO 8601 with offset), else now', moment)
    .action(
      run(async (cli, code: string, options: { pool?: string; at?: Date }) => {
        const done = await redeem({ db: await cli.db(), code, ...options, actor: cli.actor });
        const word = done.changed ? 'redeemed' : 'was redeemed already';
        cli.print(done, () => `${word} at ${time(done.redeemedAt)}, pool ${done.pool}, user ${done.userId ?? '–'}`);
      }),
    );
  coupon
    .command('release')
    .argument('<code>')
    .description('give a reserved code back whose message was never sent')
    .option('--pool <pool>', 'where several pools have the code')
    .requiredOption('--reason <text>', 'for the audit log')
    .action(
      run(async (cli, code: string, options: { pool?: string; reason: string }) => {
        const done = await releaseCode({ db: await cli.db(), code, ...options, actor: cli.actor });
        cli.print(done, () =>
          done.changed ? `free again in pool ${done.pool}` : `was free already in pool ${done.pool}`,
        );
      }),
    );
}
