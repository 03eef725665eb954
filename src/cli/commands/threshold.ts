import type { RegisterCommands } from '../cli.ts';
import { registerDecisions } from '../threshold/decisions.ts';
import { registerLooks } from '../threshold/looks.ts';
import { registerSwitches } from '../threshold/switches.ts';

export const register: RegisterCommands = (program, run) => {
  const threshold = program
    .command('threshold')
    .description('from which score on a campaign treats people, and what outcomes say about it');
  registerLooks(threshold, run);
  registerDecisions(threshold, run);
  registerSwitches(threshold, run);
};
