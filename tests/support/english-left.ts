import { SENTENCE } from './sentence-literals.ts';

const SPOKEN = new Set(['sentence', 'sentences', 'why', 'notes', 'text', 'answer', 'verdict', 'what', 'fix', 'detail']);

/** The sentences inside a value, told in Chinese, that still hold three English words after each other; `names` are nobody's words. */
export function englishLeft(value: unknown, names: readonly string[] = []): string[] {
  const left: string[] = [];
  const walk = (inner: unknown, isSpoken: boolean): void => {
    if (typeof inner === 'string') {
      const rest = names.reduce((text, name) => text.replaceAll(name, '·'), inner);
      if (isSpoken && SENTENCE.test(rest.replaceAll(/“[^”]*”|\b(docs|v1)\/\S+/g, ''))) left.push(inner);
    } else if (Array.isArray(inner)) {
      for (const one of inner) walk(one, isSpoken);
    } else if (typeof inner === 'object' && inner !== null) {
      for (const [key, one] of Object.entries(inner)) walk(one, SPOKEN.has(key));
    }
  };
  walk(value, false);
  return left;
}
