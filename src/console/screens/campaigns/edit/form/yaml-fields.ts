import { isScalar, parseDocument, stringify, type Document } from 'yaml';

/** Keys from the top of the file inwards. */
export type Path = readonly string[];

/** What a field of the form holds; undefined: not in the file. */
export type FieldValue = string | number | boolean | readonly string[] | undefined;

/** The file as the form reads it. Null where it can't be read as YAML with keys: then only the text can be mended. */
export function readFields(source: string): Document | null {
  const document = parseDocument(source);
  return document.errors.length === 0 && typeof document.toJS() === 'object' && document.toJS() !== null
    ? document
    : null;
}

/** The plain value at a place; undefined where there is none, or something with an inside of its own. */
export function fieldAt(document: Document, path: Path): string | number | boolean | undefined {
  const value = document.hasIn(path) ? document.getIn(path) : undefined;
  return ['string', 'number', 'boolean'].includes(typeof value) ? (value as string | number | boolean) : undefined;
}

/** The list of texts at a place. */
export function listAt(document: Document, path: Path): string[] {
  const found: unknown = path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
    document.toJS(),
  );
  return Array.isArray(found) ? found.filter((one) => typeof one === 'string') : [];
}

/**
 * The file with another value at a place; comments, order and the rest of the text stay. `source` must be readable
 * (readFields).
 */
export function withField(source: string, path: Path, value: FieldValue): string {
  return inPlace(source, path, value) ?? anew(source, path, value);
}

/** Only the characters of the old value change, where there is one and the result reads as meant. */
function inPlace(source: string, path: Path, value: FieldValue): string | null {
  if (value === undefined || typeof value === 'object') return null;
  const node = parseDocument(source).getIn(path, true);
  if (!isScalar(node) || !node.range || node.anchor !== undefined) return null;
  const [from, to] = node.range;
  const style = node.type === 'QUOTE_SINGLE' || node.type === 'QUOTE_DOUBLE' ? node.type : 'PLAIN';
  const text = stringify(value, { lineWidth: 0, defaultStringType: style }).trimEnd();
  const changed = source.slice(0, from) + text + source.slice(to);
  const read = parseDocument(changed);
  return read.errors.length === 0 && read.getIn(path) === value ? changed : null;
}

/** By the document: a key that comes, goes or holds a list. */
function anew(source: string, path: Path, value: FieldValue): string {
  const document = parseDocument(source);
  if (value === undefined) document.deleteIn(path);
  else document.setIn(path, document.createNode(value, { flow: typeof value === 'object' }));
  return document.toString({ lineWidth: 0, flowCollectionPadding: source.includes('{ ') });
}
