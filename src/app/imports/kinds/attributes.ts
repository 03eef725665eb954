import type { CatalogueEntry } from '../../../db/queries/imports/attribute-catalogue.ts';
import { typeName } from '../../../policy/filters/term.ts';
import { isIsoDate } from '../fields/iso-time.ts';
import type { Json, SourceRow } from '../reading/source-row.ts';
import { refuse } from './kind.ts';

type AttributeType = CatalogueEntry['type'];

interface Seen {
  /** JSON key with its colon. */
  key: string;
  type: AttributeType | undefined;
  sample: string | null;
  /** Values of more than one type came: all become strings at the end. */
  mixed: boolean;
  /** The type is the catalogue's: filters rely on it, so a value that does not fit is refused. */
  fixed: boolean;
}

// Longer numbers are identifiers, and those with a leading zero codes: both stay text.
const NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?$/;
// eslint-disable-next-line no-control-regex
const PLAIN = /^[^"\\\u0000-\u001f]*$/;

/** Types the attributes of users: reads the columns that the format does not name, and remembers what it saw. */
export class Attributes {
  readonly #seen = new Map<string, Seen>();
  readonly #before: ReadonlyMap<string, AttributeType>;
  readonly #retype: boolean;

  /** With `retype` an attribute whose values no longer fit its type becomes a string; else such rows are refused. */
  constructor(catalogue: readonly CatalogueEntry[], { retype }: { retype: boolean }) {
    this.#retype = retype;
    this.#before = new Map(catalogue.map((entry) => [entry.name, entry.type]));
  }

  /** The row's attributes as JSON text; ends the row's check where a value is a list or an object. */
  read(row: SourceRow): string {
    const { extraNames, extraValues } = row;
    let json = '';
    for (let index = 0; index < extraNames.length; index++) {
      const name = extraNames[index] ?? '';
      const seen = this.#seen.get(name) ?? this.#meet(name);
      json += (json === '' ? '' : ',') + seen.key + this.#value({ seen, name, value: extraValues[index] ?? null, row });
    }
    return `{${json}}`;
  }

  /** What to write to the catalogue, which columns to turn into text, and what is worth telling. */
  summary(): { entries: CatalogueEntry[]; mixed: string[]; widened: string[]; remarks: string[] } {
    const entries: CatalogueEntry[] = [];
    const mixed: string[] = [];
    const widened: string[] = [];
    const remarks: string[] = [];
    for (const [name, { type, sample, mixed: isMixed }] of this.#seen) {
      if (type === undefined || sample === null) continue;
      const before = this.#before.get(name);
      const conflict = before !== undefined && before !== 'string' && (isMixed || before !== type);
      const after: AttributeType = isMixed || conflict ? 'string' : type;
      entries.push({ name, type: after, sample });
      if (after === 'string' && (isMixed || type !== 'string')) mixed.push(name);
      if (conflict) widened.push(name);
      const found = isMixed ? 'values of several types' : `${type} values`;
      if (conflict) remarks.push(`attribute "${name}" was a ${before}, the file has ${found}: it is a string now`);
      else if (isMixed && before === undefined)
        remarks.push(`attribute "${name}" has values of several types: it is a string`);
    }
    return { entries, mixed, widened, remarks };
  }

  #meet(name: string): Seen {
    if (name.length > 63)
      refuse(name.slice(0, 63), '', 'the name of an attribute is longer than 63 characters: shorten it');
    if (this.#seen.size >= 500)
      refuse(name, '', 'more than 500 attributes: leave out what no filter and no text needs');
    const known = this.#before.get(name);
    // A string stays one, whatever a single file looks like.
    const type = known === 'string' || !this.#retype ? known : undefined;
    const seen: Seen = { key: `${JSON.stringify(name)}:`, type, sample: null, mixed: false, fixed: type !== undefined };
    this.#seen.set(name, seen);
    return seen;
  }

  #value(input: { seen: Seen; name: string; value: Json; row: SourceRow }): string {
    const { seen, value } = input;
    if (value === null || value === '') return 'null';
    if (typeof value === 'object') {
      return refuse(input.name, JSON.stringify(value), 'an attribute must be a text, a number, true or false');
    }
    const text = typeof value === 'string' ? value : String(value);
    const type = seen.type === 'string' ? 'string' : typeOf(value, input.row.typed);
    if (seen.type === undefined) seen.type = type;
    else if (seen.type !== type && seen.fixed) {
      const noun = typeName(seen.type);
      refuse(
        input.name,
        text,
        `the attribute is ${noun} since an earlier import: write ${noun}, or import with --retype`,
      );
    } else if (seen.type !== type) seen.mixed = true;
    if (seen.sample === null) seen.sample = text.slice(0, 80);
    if (type === 'number') return text;
    if (type === 'boolean') return text.toLowerCase();
    return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
  }
}

function typeOf(value: string | number | boolean, typed: boolean): AttributeType {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  const first = value.charCodeAt(0);
  const digit = (first >= 48 && first <= 57) || first === 45;
  if (digit && !typed && NUMBER.test(value)) return 'number';
  if (digit && value.length === 10 && isIsoDate(value)) return 'date';
  return !typed && /^(?:true|false)$/i.test(value) ? 'boolean' : 'string';
}
