/** One line of what an action did: a value, or what there was before and after. */
export type DetailLine = { key: string } & ({ value: string } | { before: string; after: string });

type Fields = Readonly<Record<string, unknown>>;

/** The details of an audit line, flat: differences and before/after as pairs, everything else by its path. */
export function detailLines(details: Fields, prefix = ''): DetailLine[] {
  const rest = new Map(Object.entries(details));
  const lines: DetailLine[] = [];
  for (const [old, fresh, name] of PAIRS) {
    if (!rest.has(old) || !rest.has(fresh)) continue;
    lines.push(...paired({ key: prefix + name, before: rest.get(old), after: rest.get(fresh) }));
    rest.delete(old);
    rest.delete(fresh);
  }
  for (const [name, value] of rest) {
    if (name === 'differences' && Array.isArray(value)) lines.push(...value.flatMap(difference));
    else if (isFields(value)) lines.push(...detailLines(value, `${prefix}${name}.`));
    else if (!isEmpty(value)) lines.push({ key: prefix + name, value: asText(value) });
  }
  return lines;
}

/** Fields that belong together, and what the pair is called. */
const PAIRS = [
  ['from', 'to', 'state'],
  ['before', 'after', ''],
] as const;

function paired({ key, before, after }: { key: string; before: unknown; after: unknown }): DetailLine[] {
  if (!isFields(before) || !isFields(after)) return [{ key, before: asText(before), after: asText(after) }];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => asText(before[name]) !== asText(after[name]))
    .map((name) => ({ key: key + name, before: asText(before[name]), after: asText(after[name]) }));
}

function difference(one: unknown): DetailLine[] {
  if (!isFields(one)) return [];
  return [{ key: asText(one['key']), before: asText(one['before']), after: asText(one['after']) }];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

function asText(value: unknown): string {
  if (value === undefined || value === null) return '–';
  if (Array.isArray(value)) return value.map(asText).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
