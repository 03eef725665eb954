import { expect, test } from 'vitest';
import { templateText } from '../../src/console/parts/template-text.ts';

test.each([
  ['The new version: you can see it first', 'The new version: you can see it first'],
  [
    '{{#if user.level}}Help for level {{number user.level}}{{else}}Help for your level{{/if}}: free',
    'Help for level ‹level›: free',
  ],
  ["{{default user.name 'you'}}, come back", '‹name›, come back'],
  ['{{#if user.favourite_brand}}{{user.favourite_brand}}上新，{{/if}}15 元', '‹favourite brand›上新，15 元'],
  ['Code {{coupon}}: 3 boosters', 'Code ‹coupon›: 3 boosters'],
])('a text with %s is recognised as %s', (template, shown) => {
  expect(templateText(template)).toBe(shown);
});
