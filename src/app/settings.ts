import { isDeepStrictEqual } from 'node:util';
import { readFile } from 'node:fs/promises';
import { stringify } from 'yaml';
import { z } from 'zod';
import type { Db } from '../db/connect.ts';
import { applySettings, currentSettings, settingsChangeOf } from '../db/queries/settings.ts';
import type { Actor } from '../domain/actor.ts';
import { RecallwaveError } from '../domain/failures.ts';
import { settingsSchema, type Settings } from '../domain/settings.schema.ts';
import { type CampaignProblem, type Finding, problemText } from './campaigns/file/finding.ts';
import { inOrder } from './campaigns/file/parse-campaign-file.ts';
import { type JsonSchema, schemaFindings } from './campaigns/file/schema-findings.ts';
import { readYaml } from './campaigns/file/yaml-file.ts';
import { capFindings } from './campaigns/rules/caps.ts';
import { zoneFindings } from './campaigns/rules/places.ts';

/** The JSON Schema of settings files, for editors. */
export function settingsJsonSchema(): JsonSchema {
  return z.toJSONSchema(settingsSchema, { io: 'input' }) as JsonSchema;
}

/** The settings in force; version 0: the built-in ones. */
export function showSettings(db: Db): Promise<{ version: number; settings: Settings }> {
  return currentSettings(db);
}

/** Parses a settings file; `settings` null where it has errors. Never throws. */
export function parseSettings(text: string, file: string): { settings: Settings | null; problems: CampaignProblem[] } {
  const yaml = readYaml(text, file);
  if (yaml.problems.length > 0) return { settings: null, problems: yaml.problems };
  const parsed = settingsSchema.safeParse(yaml.value);
  if (!parsed.success) {
    const findings = schemaFindings(parsed.error.issues, yaml.value, settingsJsonSchema());
    const problems = findings.map((finding) => (finding.aboutKey ? yaml.placeKey(finding) : yaml.place(finding)));
    return { settings: null, problems: inOrder(problems) };
  }
  const problems = inOrder(settingsFindings(parsed.data).map(yaml.place));
  return { settings: problems.length > 0 ? null : parsed.data, problems };
}

function settingsFindings(settings: Settings): Finding[] {
  const { defaultTimezone, allowedHours, caps } = settings;
  const closed = Object.entries(allowedHours).filter(([, window]) => window.from === window.to);
  return [
    ...(defaultTimezone === undefined ? [] : zoneFindings(defaultTimezone, ['defaultTimezone'])),
    ...capFindings(caps.rules, ['caps', 'rules']),
    ...closed.map(([channel]): Finding => ({
      rule: 'empty_window',
      severity: 'error',
      path: ['allowedHours', channel],
      what: `no hour of the day is allowed for ${channel}`,
      fix: 'make from and to differ; "00:00" to "24:00" is the whole day',
    })),
  ];
}

/** What applying settings did; `version` 0: they are the built-in ones. */
export interface AppliedSettings {
  version: number;
  changed: boolean;
  settings: Settings;
}

/** What is wrong with a settings file; settings null: it can't be put in force. Throws BadInput when it can't be read. */
export async function checkSettingsFile(file: string): Promise<ReturnType<typeof parseSettings>> {
  return parseSettings(await readSettings(file), file);
}

/**
 * Puts a settings file in force: the whole of it, keys that it leaves out get their defaults. Equal settings change nothing.
 * Throws BadInput with every fault and its place, or when the file can't be read.
 */
export async function applySettingsFile(input: { db: Db; file: string; actor: Actor }): Promise<AppliedSettings> {
  const { db, file, actor } = input;
  const { settings, problems } = await checkSettingsFile(file);
  if (settings === null) {
    throw new RecallwaveError('BadInput', problems.map(problemText).join('\n'), 'mend the file and apply it again');
  }
  const { version, changed } = await changeSettings({ db, settings, actor });
  return { version, changed, settings };
}

/** Puts settings in force. `madeFrom`: the version that they were made from; `stale` where another is in force, and nothing is changed. */
export async function changeSettings(input: {
  db: Db;
  settings: Settings;
  actor: Actor;
  madeFrom?: number;
}): Promise<AppliedSettings & { stale: boolean }> {
  const { db, settings, actor, madeFrom } = input;
  const before = await currentSettings(db);
  const same = isDeepStrictEqual(before.settings, settings);
  if (before.version === 0 && same) return { ...before, changed: false, stale: false };
  const applied = await applySettings(db, { settings, actor, ...(madeFrom !== undefined && { madeFrom }) });
  return { ...applied, settings: applied.stale ? (await currentSettings(db)).settings : settings };
}

/** Settings as a YAML file. */
export function settingsText(settings: Settings): string {
  return stringify(settings);
}

/** Who put a version in force, and when; undefined for the built-in ones. */
export function settingsHistory(db: Db, version: number): Promise<{ at: Date; actor: string } | undefined> {
  return settingsChangeOf(db, version);
}

async function readSettings(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    const what = code === 'ENOENT' ? 'does not exist' : `can't be read (${code})`;
    throw new RecallwaveError('BadInput', `${file} ${what}`, 'name a settings file, such as settings.yaml');
  }
}
