import { compilePattern, fill, wordsOf, type Pattern } from './pattern.ts';

/** Languages in which the server's sentences can be told. */
export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * Sentences by their English pattern. A text: the Chinese one. With `en`: what somebody is told in English who looks at the
 * console and not at a command line.
 */
export type Sentences = Readonly<Record<string, string | { en: string; 'zh-CN': string }>>;

/** Tells a sentence; what is not known comes back as it was. */
export type Teller = (sentence: string) => string;

interface Entry extends Pattern {
  told: string;
}

/** Entries by the rarest of their words, so that a sentence is tried on few of them; '' holds those without a word. */
type Index = ReadonlyMap<string, readonly Entry[]>;

/** A sentence is told again each time that a page is looked at. */
const REMEMBERED = 2_000;

/** A teller over sentences by their patterns. */
export function tellerOf(sentences: Sentences, language: Language): Teller {
  const index = indexOf(sentences, language);
  const memory = new Map<string, string>();
  return (sentence) => {
    const known = memory.get(sentence);
    if (known !== undefined) return known;
    const told = tidy(whole(sentence, index)?.text ?? sentence, language);
    if (memory.size >= REMEMBERED) memory.clear();
    memory.set(sentence, told);
    return told;
  };
}

function indexOf(sentences: Sentences, language: Language): Index {
  const entries = Object.entries(sentences).flatMap(([pattern, told]) => {
    const text = typeof told === 'string' ? (language === 'en' ? undefined : told) : told[language];
    return text === undefined ? [] : [{ ...compilePattern(pattern), told: text }];
  });
  const uses = new Map<string, number>();
  for (const word of entries.flatMap((entry) => entry.words)) uses.set(word, (uses.get(word) ?? 0) + 1);
  const index = new Map<string, Entry[]>();
  for (const entry of entries) {
    const rarest = entry.words.toSorted((a, b) => (uses.get(a) ?? 0) - (uses.get(b) ?? 0))[0] ?? '';
    index.set(rarest, [...(index.get(rarest) ?? []), entry]);
  }
  return index;
}

/** Those that may fit, the most telling first: a short pattern fits much that a longer one says better. */
function candidates(sentence: string, index: Index): Entry[] {
  return ['', ...new Set(wordsOf(sentence))]
    .flatMap((word) => index.get(word) ?? [])
    .toSorted((a, b) => b.weight - a.weight);
}

/** Characters from which a pattern tells what a sentence is, though a phrase in it may be somebody's own words. */
const TELLING = 8;

/** `sure`: all phrases inside are known as well. */
interface Told {
  text: string;
  sure: boolean;
}

/** One sentence, or several after each other. */
function whole(sentence: string, index: Index): Told | null {
  const one = single(sentence, index);
  if (one?.sure && !/[.?!] [\p{Lu}\d]/u.test(sentence)) return one;
  return several(sentence, index) ?? one;
}

function single(sentence: string, index: Index): Told | null {
  let second: Told | null = null;
  for (const entry of candidates(sentence, index)) {
    const values = entry.read(sentence);
    if (values === null) continue;
    const told = filled(entry, values, index);
    if (told.sure) return told;
    if (entry.weight >= TELLING) second ??= told;
  }
  return second;
}

/** Sentences after each other, each of which is known. */
function several(text: string, index: Index): Told | null {
  for (const match of text.matchAll(/[.?!] (?=[\p{Lu}\d])/gu)) {
    const [head, tail] = [text.slice(0, match.index + 1), text.slice(match.index + 2)];
    const first = single(head, index);
    if (!first?.sure) continue;
    const rest = whole(tail, index);
    if (rest?.sure) return { text: `${first.text} ${rest.text}`, sure: true };
  }
  return null;
}

function filled(entry: Entry, found: readonly string[], index: Index): Told {
  let sure = true;
  const values = new Map<string, string>();
  entry.placeholders.forEach(({ name, kind }, place) => {
    const value = found[place] ?? '';
    if (kind === 'word' || kind === 'words') {
      const words = kind === 'word' ? [value] : value.split(', ');
      values.set(name, words.map((word) => single(word, index)?.text ?? word).join('、'));
      return;
    }
    if (kind === 'list') {
      values.set(name, value.split(/, | and | or /).join('、'));
      return;
    }
    if (kind !== 'phrase' && kind !== 'phrases' && kind !== 'scores') {
      values.set(name, value);
      return;
    }
    const told = kind === 'phrases' ? value.split('; ') : [value];
    const parts = told.map((part) => whole(part, index) ?? { text: part, sure: false });
    if (parts.some((part) => !part.sure)) sure = false;
    values.set(name, parts.map((part) => part.text).join('；'));
  });
  return { text: fill(entry.told, values), sure };
}

/** As Chinese sets it: no space before a percent sign, none between sentences, one full stop. */
function tidy(text: string, language: Language): string {
  if (language === 'en') return text;
  return text
    .replaceAll(/ ?over (\d+) %/g, '超过 $1%')
    .replaceAll(/ ?under (\d+) %/g, '不到 $1%')
    .replaceAll(/(\d) %/g, '$1%')
    .replaceAll(/([。；：！？]) /g, '$1')
    .replaceAll(/。+/g, '。')
    .replaceAll(/。([；，])/g, '$1');
}
