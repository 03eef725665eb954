import { receipt } from '../../app/receipt.ts';
import type { RegisterCommands } from '../cli.ts';
import { receiptText } from '../format/why-text.ts';

export const register: RegisterCommands = (program, run) => {
  program
    .command('receipt')
    .argument('<message>', 'message number or delivery id')
    .description('everything that made one message, and what became of it')
    .action(
      run(async (cli, id: string) => {
        const found = await receipt({ db: await cli.db(), id });
        cli.print(found, () => receiptText(found));
      }),
    );
};
