import { type Document, isAlias, isCollection, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { CampaignProblem, Finding, KeyPath } from './finding.ts';
import { keyText } from './finding.ts';

/** A parsed YAML file: its value, and where everything in it stands. */
export interface YamlFile {
  /** undefined where the syntax is broken (see `problems`). */
  value: unknown;
  problems: CampaignProblem[];
  /** Gives a finding its line and column: of the key's value, of the nearest key above one that isn't there. */
  place(finding: Finding): CampaignProblem;
  /** The same for a key itself (an unknown one). */
  placeKey(finding: Finding): CampaignProblem;
}

const MAX_LENGTH = 1_000_000;
// Enough for texts that steps share, and far from what an alias bomb needs.
const MAX_ALIASES = 200;

const FIXES: Record<string, string> = {
  DUPLICATE_KEY: 'keep one of the two',
  TAB_AS_INDENT: 'indent with spaces',
  MULTIPLE_DOCS: 'write one campaign per file',
  BAD_INDENT: 'close the bracket, and indent lists and keys of one level alike',
  MISSING_CHAR: 'close the quotation mark or bracket',
  BLOCK_AS_IMPLICIT_KEY: 'put a text that holds ": " in quotation marks',
  TAG_RESOLVE_FAILED: 'leave the tag out',
};

/** Reads YAML text; never throws. */
export function readYaml(text: string, file: string): YamlFile {
  const counter = new LineCounter();
  if (text.length > MAX_LENGTH)
    return broken(file, 'the file is larger than 1 MB', 'put long texts into files of their own');
  const doc = parseDocument(text, { prettyErrors: false, lineCounter: counter });
  const locate = (offset: number): { line: number; column: number } => {
    const { line, col } = counter.linePos(Math.min(Math.max(offset, 0), text.length));
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problems = [...doc.errors, ...doc.warnings].map((error) => ({
    rule: 'yaml',
    severity: 'error' as const,
    file,
    ...locate(error.pos[0]),
    key: '',
    what: error.message.split('\n', 1)[0] ?? '',
    fix: FIXES[error.code] ?? 'check the YAML here',
  }));
  const value = problems.length === 0 ? toValue(doc, file, problems) : undefined;
  return {
    value,
    problems,
    place: (finding) => toProblem(finding, file, locate(offsetOf(doc, finding, text))),
    placeKey: (finding) => toProblem(finding, file, locate(keyOffset(doc, finding.path))),
  };
}

function toValue(doc: Document.Parsed, file: string, problems: CampaignProblem[]): unknown {
  try {
    return doc.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    const unresolved = error instanceof Error && /unresolved alias/i.test(error.message);
    const { problems: found } = unresolved
      ? broken(file, error.message, 'define the anchor (&name) before its alias (*name)')
      : broken(file, 'the file has too many aliases', 'write the repeated parts out');
    problems.push(...found);
    return undefined;
  }
}

function broken(file: string, what: string, fix: string): YamlFile {
  const problem = { rule: 'yaml', severity: 'error' as const, file, line: 1, column: 1, key: '', what, fix };
  const place = (finding: Finding): CampaignProblem => toProblem(finding, file, { line: 1, column: 1 });
  return { value: undefined, problems: [problem], place, placeKey: place };
}

function toProblem(finding: Finding, file: string, at: { line: number; column: number }): CampaignProblem {
  return {
    rule: finding.rule,
    severity: finding.severity,
    ...(finding.file === undefined ? { file, ...at } : { file: finding.file, line: finding.line ?? 1, column: 1 }),
    key: keyText(finding.path),
    what: finding.what,
    fix: finding.fix,
  };
}

/** The node at a path, through aliases, or the nearest one above it. */
function nodeAt(doc: Document.Parsed, path: KeyPath): unknown {
  let node: unknown = doc.contents;
  for (const part of path) {
    const inner = isAlias(node) ? node.resolve(doc) : node;
    const next: unknown = isCollection(inner) ? inner.get(part, true) : undefined;
    if (!isNode(next) || next.range === undefined) return node;
    node = next;
  }
  return node;
}

function offsetOf(doc: Document.Parsed, finding: Finding, text: string): number {
  const node = nodeAt(doc, finding.path);
  if (!isNode(node)) return 0;
  const start = node.range?.[0] ?? 0;
  if (finding.offset === undefined || !isScalar(node) || typeof node.value !== 'string') return start;
  // Only where the text stands in the file as it is: folded and escaped ones begin at the value.
  const inside = text.slice(start, node.range?.[1]).indexOf(node.value);
  return inside < 0 ? start : start + inside + finding.offset;
}

function keyOffset(doc: Document.Parsed, path: KeyPath): number {
  const parent = nodeAt(doc, path.slice(0, -1));
  const inner = isAlias(parent) ? parent.resolve(doc) : parent;
  const key = path.at(-1);
  const pair = isMap(inner)
    ? inner.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
    : undefined;
  if (pair && isNode(pair.key)) return pair.key.range?.[0] ?? 0;
  return isNode(inner) ? (inner.range?.[0] ?? 0) : 0;
}
