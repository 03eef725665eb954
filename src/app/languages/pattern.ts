/** What a placeholder of a pattern stands for: texts by default; phrases are told in the reader's language themselves, words where they are known. */
const KINDS = [
  'text',
  'name',
  'number',
  'percent',
  'sign',
  'word',
  'words',
  'scores',
  'phrase',
  'phrases',
  'list',
] as const;
type Kind = (typeof KINDS)[number];

const SHAPES: Record<Kind, string> = {
  text: '.+?',
  name: String.raw`[^\s;()]+?`,
  number: String.raw`[-−+]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?`,
  percent: String.raw`(?:over |under )?[-−+]?\d[\d,]*(?:\.\d+)? ?%`,
  sign: String.raw`[^\w\s]+`,
  word: '.+?',
  words: '.+?',
  scores: String.raw`no scores|scores from \d\.\d+(?: to \d\.\d+)?`,
  phrase: '.+?',
  phrases: '.+?',
  list: '.+?',
};

/** A placeholder as a pattern has it. */
interface Placeholder {
  name: string;
  kind: Kind;
}

/** An English pattern, ready to read sentences with. */
export interface Pattern {
  placeholders: Placeholder[];
  /** Whole words outside of placeholders: what does not hold them all does not fit. */
  words: string[];
  /** Characters outside of placeholders: the more, the more a fit says. */
  weight: number;
  /** What stands in the placeholders of a sentence; null where it doesn't fit. */
  read(sentence: string): string[] | null;
}

/** As ICU messages have it: `{name, kind}` is a placeholder, `'{…}'` stands for itself, and `''` for an apostrophe. */
const TOKENS = /''|'([{}][^']*)'|\{(\w+)(?:, (\w+))?\}/g;

/** The pieces of a message in their order: literal texts and placeholders. Throws for an unknown kind. */
export function piecesOf(message: string): (string | Placeholder)[] {
  const pieces: (string | Placeholder)[] = [];
  let literal = '';
  let end = 0;
  for (const match of message.matchAll(TOKENS)) {
    literal += message.slice(end, match.index);
    end = match.index + match[0].length;
    const [whole, quoted, name, kind] = match;
    if (name === undefined) {
      literal += quoted ?? (whole === "''" ? "'" : '');
      continue;
    }
    pieces.push(literal, { name, kind: kindOf(kind ?? 'text', message) });
    literal = '';
  }
  pieces.push(literal + message.slice(end));
  return pieces.filter((piece) => piece !== '');
}

/** Makes an English pattern such as `Nobody was held out of {action}: {entries, number} entries.` ready to read with. */
export function compilePattern(pattern: string): Pattern {
  const pieces = piecesOf(pattern);
  const literals = pieces.filter((piece) => typeof piece === 'string');
  const source = pieces.map((piece) => (typeof piece === 'string' ? escaped(piece) : `(${SHAPES[piece.kind]})`));
  const expression = new RegExp(`^${source.join('')}$`, 's');
  return {
    placeholders: pieces.filter((piece) => typeof piece !== 'string'),
    words: wordsOf(pieces.map((piece) => (typeof piece === 'string' ? piece : '_')).join('')),
    weight: literals.reduce((sum, piece) => sum + piece.length, 0),
    read: (sentence) => expression.exec(sentence)?.slice(1) ?? null,
  };
}

/** The words of a text; what stands beside a digit or an underline is none. */
export function wordsOf(text: string): string[] {
  return text.match(/(?<!\w)[A-Za-z]+(?!\w)/g) ?? [];
}

/** A message with values in its placeholders. */
export function fill(message: string, values: ReadonlyMap<string, string>): string {
  return piecesOf(message)
    .map((piece) => (typeof piece === 'string' ? piece : (values.get(piece.name) ?? '')))
    .join('');
}

function kindOf(word: string, message: string): Kind {
  const kind = KINDS.find((known) => known === word);
  if (kind === undefined) throw new Error(`no such kind of placeholder: ${word} in "${message}"`);
  return kind;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
