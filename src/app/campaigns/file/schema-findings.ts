import type { z } from 'zod';
import { nearest } from '../../../domain/nearest.ts';
import type { Finding, KeyPath } from './finding.ts';

/** A part of a JSON Schema, as far as it describes our files. */
export interface JsonSchema {
  type?: string;
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  enum?: unknown[];
  propertyNames?: JsonSchema;
}

/** A finding about a key's value, or about the key itself. */
export type SchemaFinding = Finding & { aboutKey: boolean };

const TYPES: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of keys',
  record: 'a group of keys',
};

/** What zod says about a file's value, in words, with the fix; unknown keys name the nearest known one. */
export function schemaFindings(
  issues: readonly z.core.$ZodIssue[],
  value: unknown,
  schema: JsonSchema,
): SchemaFinding[] {
  return issues.flatMap((issue) => {
    const path = issue.path as KeyPath;
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, path, schema));
    if (issue.code === 'invalid_union') return [unionFinding(issue, path)];
    return [{ rule: 'schema', severity: 'error', path, aboutKey: false, ...describe(issue, valueAt(value, path)) }];
  });
}

function describe(issue: z.core.$ZodIssue, found: unknown): { what: string; fix: string } {
  switch (issue.code) {
    case 'invalid_type': {
      const expected = TYPES[issue.expected] ?? issue.expected;
      if (found === undefined) return { what: 'this key is missing', fix: `add it with ${expected}` };
      const quoted = issue.expected === 'string' && typeof found !== 'object';
      const plain = ['number', 'int', 'boolean'].includes(issue.expected) && typeof found === 'string';
      const hint = quoted ? ' (put it in quotation marks)' : plain ? ' (without quotation marks)' : '';
      return { what: `${inWords(found)} stands here`, fix: `write ${expected}${hint}` };
    }
    case 'invalid_value': {
      const values = issue.values.map(String);
      const meant = typeof found === 'string' ? nearest(found, values) : undefined;
      const fix = meant === undefined ? `use one of ${values.join(', ')}` : `did you mean ${meant}?`;
      return found === undefined
        ? { what: 'this key is missing', fix: `add it with one of ${values.join(', ')}` }
        : { what: `${JSON.stringify(found)} is not known here`, fix };
    }
    case 'too_small':
    case 'too_big':
      return sizeWords(issue);
    case 'invalid_format':
      return { what: `"${String(found)}" is not valid here`, fix: FORMATS[issue.format] ?? issue.message };
    default:
      return { what: issue.message, fix: 'see docs/campaigns.md' };
  }
}

const FORMATS: Record<string, string> = {
  date: 'write a date as 2026-01-31',
  url: 'write a whole address, such as https://example.com/',
  email: 'write an e-mail address',
};

function sizeWords(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): { what: string; fix: string } {
  const small = issue.code === 'too_small';
  const bound = Number(small ? issue.minimum : issue.maximum);
  const limit = `${small ? 'at least' : 'at most'} ${bound}`;
  const outside = small ? 'too small' : 'too large';
  if (issue.origin === 'string')
    return {
      what: small ? 'the text is empty' : 'the text is too long',
      fix: `use ${limit} character${bound === 1 ? '' : 's'}`,
    };
  if (issue.origin === 'array')
    return {
      what: small ? 'the list is too short' : 'the list is too long',
      fix: `use ${limit} ${bound === 1 ? 'entry' : 'entries'}`,
    };
  const strict = issue.inclusive === false;
  return { what: `the number is ${outside}`, fix: strict ? `use more than ${bound}` : `use ${limit}` };
}

function unionFinding(issue: z.core.$ZodIssueInvalidUnion, path: KeyPath): SchemaFinding {
  const messages = issue.errors.flatMap((branch) => branch.map((inner) => inner.message));
  return {
    rule: 'schema',
    severity: 'error',
    path,
    aboutKey: false,
    what: 'this value fits none of the forms',
    fix: [...new Set(messages)].join(', or '),
  };
}

function unknownKey(key: string, path: KeyPath, schema: JsonSchema): SchemaFinding {
  const known = knownKeys(schema, path);
  const meant = nearest(key, known);
  return {
    rule: 'unknown_key',
    severity: 'error',
    path: [...path, key],
    aboutKey: true,
    what: 'there is no such key',
    fix: meant === undefined ? `known here: ${known.join(', ')}` : `did you mean ${meant}?`,
  };
}

/** The keys that a schema knows at a path. */
function knownKeys(schema: JsonSchema, path: KeyPath): string[] {
  let here: JsonSchema | undefined = schema;
  for (const part of path) {
    const next: JsonSchema | boolean | undefined =
      typeof part === 'number' ? here?.items : (here?.properties?.[part] ?? here?.additionalProperties);
    here = typeof next === 'object' ? next : undefined;
  }
  return [...Object.keys(here?.properties ?? {}), ...(here?.propertyNames?.enum ?? []).map(String)];
}

function valueAt(value: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>(
    (inner, part) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[part] : undefined,
    value,
  );
}

function inWords(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a group of keys';
  return typeof value === 'string'
    ? `the text "${value.slice(0, 60)}"`
    : `${typeof value === 'number' ? 'the number ' : ''}${JSON.stringify(value)}`;
}
