import { createTranslator } from 'use-intl';
import { expect, test } from 'vitest';
import { en } from '../../src/console/words/en/index.ts';
import { zhCn } from '../../src/console/words/zh-CN/index.ts';

/** Every text by its key: `home.title`. */
function texts(words: object, before = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string' ? [[`${before}${key}`, value]] : texts(value as object, `${before}${key}.`),
  );
}

const BRANCH = /(?:=\d+|zero|one|two|few|many|other)\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}/g;

/** Names in braces, and tags: what a text needs from the page. */
function needs(message: string): string[] {
  // The branches of a plural hold words in braces, not names.
  const text = message.replaceAll(BRANCH, '$1');
  const names = [...text.matchAll(/\{\s*(\w+)\s*[,}]/g)].map(([, name]) => name ?? '');
  const tags = [...text.matchAll(/<(\w+)>/g)].map(([, name]) => `<${name}>`);
  return [...new Set([...names, ...tags])].toSorted();
}

const english = new Map(texts(en));
const chinese = new Map(texts(zhCn));

test('both languages have the same words', () => {
  expect([...chinese.keys()].toSorted()).toEqual([...english.keys()].toSorted());
});

test('no text is empty, and a translation needs what the English one needs', () => {
  const empty = [...english, ...chinese].filter(([, text]) => text.trim() === '').map(([key]) => key);
  expect(empty).toEqual([]);
  const differing = [...english].filter(([key, text]) => {
    const translated = chinese.get(key) ?? '';
    // What only chooses between one and many may be left out: Chinese has no plural.
    const shown = needs(text.replaceAll(/\{\w+, plural,/g, '{+'));
    return (
      needs(translated).some((name) => !needs(text).includes(name)) ||
      shown.some((name) => !needs(translated).includes(name))
    );
  });
  expect(differing.map(([key]) => key)).toEqual([]);
});

test('every text is a message that can be formatted', () => {
  const faults: string[] = [];
  for (const [locale, messages] of [
    ['en', en],
    ['zh-CN', zhCn],
  ] as const) {
    const t = createTranslator({ locale, messages: messages as never, onError: (error) => faults.push(error.message) });
    for (const [key, text] of texts(messages)) {
      const values = needs(text).map((name) => [name.replace(/[<>]/g, ''), name.startsWith('<') ? String : 1]);
      (t.rich as unknown as (key: string, values: object) => unknown)(key, Object.fromEntries(values));
    }
  }
  expect(faults).toEqual([]);
});

/** Names that are the same in every language. */
const NAMES = /PostgreSQL|Temporal|settings\.yaml/g;

test('what is said in Chinese is not the English text', () => {
  const copied = [...chinese].filter(([key, text]) => {
    const own = text.replaceAll(NAMES, '').replaceAll(/\{[^}]*\}/g, '');
    return /[a-z]{4}/.test(own) && text === english.get(key);
  });
  expect(copied.map(([key]) => key)).toEqual([]);
});
