import { z } from 'zod';
import type { Json } from './json.ts';
import { spoken } from './spoken.ts';

/** Longest settings file; the built-in ones have about 1 KB. */
const LONGEST = 64 * 1024;

const settingsText = z.string().max(LONGEST).describe('the settings as a YAML file');

export const shownSettings = z.object({
  version: z.int().describe('0: the built-in ones'),
  text: settingsText,
  changedAt: z.date().nullable(),
  actor: z.string().nullable(),
});
export type ShownSettings = Json<z.infer<typeof shownSettings>>;

export const settingsChange = z.object({
  text: settingsText,
  version: z.int().min(0).describe('that the change was made from; 412 where somebody else changed them since'),
});

export const changedSettings = z.object({ version: z.int(), changed: z.boolean(), text: settingsText });
export type ChangedSettings = Json<z.infer<typeof changedSettings>>;

export const settingsDraft = z.object({ text: settingsText });

export const settingsProblems = z.object({
  items: z.array(
    z.object({
      rule: z.string(),
      severity: z.enum(['error', 'warning']),
      line: z.int(),
      column: z.int(),
      key: z.string(),
      what: spoken,
      fix: spoken,
    }),
  ),
});
export type SettingsProblems = Json<z.infer<typeof settingsProblems>>;
