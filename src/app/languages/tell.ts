import { compilePattern, fill, type Pattern } from './pattern.ts';

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

/** A sentence is told again each time that a page is looked at. */
const REMEMBERED = 2_000;

/** A teller over sentences by their patterns. */
export function tellerOf(sentences: Sentences, language: Language): Teller {
  const entries = entriesOf(sentences, language);
  const memory = new Map<string, string>();
  return (sentence) => {
    const known = memory.get(sentence);
    if (known !== undefined) return known;
    const told = tidy(whole(sentence, entries)?.text ?? sentence, language);
    if (memory.size >= REMEMBERED) memory.clear();
    memory.set(sentence, told);
    return told;
  };
}

/** The most telling patterns first: a short one fits much that a longer one says better. */
function entriesOf(sentences: Sentences, language: Language): Entry[] {
  return Object.entries(sentences)
    .flatMap(([pattern, told]) => {
      const text = typeof told === 'string' ? (language === 'en' ? undefined : told) : told[language];
      return text === undefined ? [] : [{ ...compilePattern(pattern), told: text }];
    })
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
function whole(sentence: string, entries: readonly Entry[]): Told | null {
  const one = single(sentence, entries);
  if (one?.sure && !/[.?!] \p{Lu}/u.test(sentence)) return one;
  return several(sentence, entries) ?? one;
}

function single(sentence: string, entries: readonly Entry[]): Told | null {
  let second: Told | null = null;
  for (const entry of entries) {
    if (!sentence.includes(entry.landmark)) continue;
    const values = entry.read(sentence);
    if (values === null) continue;
    const told = filled(entry, values, entries);
    if (told.sure) return told;
    if (entry.weight >= TELLING) second ??= told;
  }
  return second;
}

/** Sentences after each other, each of which is known. */
function several(text: string, entries: readonly Entry[]): Told | null {
  for (const match of text.matchAll(/[.?!] (?=\p{Lu})/gu)) {
    const [head, tail] = [text.slice(0, match.index + 1), text.slice(match.index + 2)];
    const first = single(head, entries);
    if (!first?.sure) continue;
    const rest = whole(tail, entries);
    if (rest?.sure) return { text: `${first.text} ${rest.text}`, sure: true };
  }
  return null;
}

function filled(entry: Entry, found: readonly string[], entries: readonly Entry[]): Told {
  let sure = true;
  const values = new Map<string, string>();
  entry.placeholders.forEach(({ name, kind }, index) => {
    const value = found[index] ?? '';
    if (kind === 'word') {
      values.set(name, single(value, entries)?.text ?? value);
      return;
    }
    const told = kind === 'phrase' ? [value] : kind === 'phrases' ? value.split('; ') : null;
    if (told === null) {
      values.set(name, kind === 'list' ? value.split(/, | and | or /).join('、') : value);
      return;
    }
    const parts = told.map((part) => whole(part, entries) ?? { text: part, sure: false });
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
