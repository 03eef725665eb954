import { registerApply } from '../campaign/apply.ts';
import { registerLint } from '../campaign/lint.ts';
import { registerLooks } from '../campaign/looks.ts';
import { registerPlan } from '../campaign/plan.ts';
import { registerPreviewCommands } from '../campaign/preview.ts';
import { registerShow } from '../campaign/show.ts';
import type { RegisterCommands } from '../cli.ts';
import { addSchemaCommand } from './schema.ts';

/** Adds `recallwave campaign …`. */
export const register: RegisterCommands = (program, run) => {
  const campaign = program.command('campaign').description('campaign files: check, compare, publish, look at');
  registerLint(campaign, run);
  registerPlan(campaign, run);
  registerApply(campaign, run);
  registerShow(campaign, run);
  registerLooks(campaign, run);
  registerPreviewCommands(campaign, run);
  addSchemaCommand(campaign.command('schema'), { kind: 'campaign', run });
};
