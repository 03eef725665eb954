import type { RegisterCommands } from './cli.ts';

/** The first words of all commands, each with its file: only the one that is meant gets loaded. */
const COMMANDS: Record<string, () => Promise<{ register: RegisterCommands }>> = {
  audit: () => import('./commands/audit.ts'),
  campaign: () => import('./commands/campaign.ts'),
  config: () => import('./commands/config.ts'),
  coupon: () => import('./commands/coupon.ts'),
  db: () => import('./commands/db.ts'),
  demo: () => import('./commands/demo.ts'),
  draft: () => import('./commands/draft.ts'),
  experiment: () => import('./commands/experiment.ts'),
  import: () => import('./commands/import.ts'),
  inbox: () => import('./commands/inbox.ts'),
  key: () => import('./commands/key.ts'),
  kill: () => import('./commands/kill.ts'),
  person: () => import('./commands/person.ts'),
  playbook: () => import('./commands/playbook.ts'),
  prove: () => import('./commands/prove.ts'),
  receipt: () => import('./commands/receipt.ts'),
  results: () => import('./commands/results.ts'),
  retrospective: () => import('./commands/retrospective.ts'),
  sample: () => import('./commands/sample.ts'),
  schedule: () => import('./commands/schedule.ts'),
  schema: () => import('./commands/schema.ts'),
  settings: () => import('./commands/settings.ts'),
  start: () => import('./commands/start.ts'),
  status: () => import('./commands/status.ts'),
  suppress: () => import('./commands/suppress.ts'),
  survey: () => import('./commands/survey.ts'),
  task: () => import('./commands/task.ts'),
  text: () => import('./commands/text.ts'),
  threshold: () => import('./commands/threshold.ts'),
  throttle: () => import('./commands/throttle.ts'),
  unknown: () => import('./commands/unknown.ts'),
  user: () => import('./commands/user.ts'),
  warnings: () => import('./commands/warnings.ts'),
  wave: () => import('./commands/wave.ts'),
  webhook: () => import('./commands/webhook.ts'),
  why: () => import('./commands/why.ts'),
  worker: () => import('./commands/worker.ts'),
};

export const commandNames: readonly string[] = Object.keys(COMMANDS);

/** What registers command `name`. */
export async function loadCommand(name: string): Promise<RegisterCommands> {
  const load = COMMANDS[name];
  if (load === undefined) throw new Error(`no command ${name}`);
  return (await load()).register;
}
