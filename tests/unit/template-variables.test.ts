import { expect, test } from 'vitest';
import { templateVariables } from '../../src/templates/template-variables.ts';

test('facts are named once, through helpers and blocks, and neither helpers nor items are facts', () => {
  const source = `{{user.name}} {{default user.name 'friend'}} {{#if coupon}}{{coupon}}{{else}}{{links.shop}}{{/if}}
    {{#each warning.reasons}}{{@index}} {{this}}{{/each}} {{#if (eq user.level 3)}}{{date user.since}}{{/if}}`;
  expect(templateVariables(source)).toEqual([
    'coupon',
    'links.shop',
    'user.level',
    'user.name',
    'user.since',
    'warning.reasons',
  ]);
});

test('a text without variables names none', () => {
  expect(templateVariables('Hello')).toEqual([]);
});
