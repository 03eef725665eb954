import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineDifference } from '../../../src/console/screens/campaigns/edit/line-difference.ts';

const texts = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.join('\n'));

test('without what came it is the old text, without what went the new one', () => {
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      const lines = lineDifference(before, after);
      const side = (gone: string) =>
        lines
          .filter(({ kind }) => kind !== gone)
          .map(({ text }) => text)
          .join('\n');
      expect(side('added')).toBe(before);
      expect(side('removed')).toBe(after);
    }),
  );
});

test('lines that both have stay, around a changed one and in its middle', () => {
  const kinds = lineDifference('one\ntwo\nthree\nfour', 'one\n2\nthree\n4').map(({ kind }) => kind);
  expect(kinds).toEqual(['same', 'removed', 'added', 'same', 'removed', 'added']);
});
