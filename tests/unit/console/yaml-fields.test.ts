import { expect, test } from 'vitest';
import {
  fieldAt,
  listAt,
  readFields,
  withField,
} from '../../../src/console/screens/campaigns/edit/form/yaml-fields.ts';

const SOURCE = `# Who and why
campaign: spring
name:
  en: 'Spring' # shown to people

policy: { lo: 0.5, inside: 0.9 } # since June
holdout: 0.1
schedule:
  at: '10:00'
`;

test('a changed value changes its own characters only', () => {
  expect(withField(SOURCE, ['policy', 'lo'], 0.45)).toBe(SOURCE.replace('lo: 0.5', 'lo: 0.45'));
  expect(withField(SOURCE, ['name', 'en'], "It's spring")).toBe(SOURCE.replace("'Spring'", "'It''s spring'"));
  expect(withField(SOURCE, ['schedule', 'at'], '09:30')).toBe(SOURCE.replace('10:00', '09:30'));
});

test('a key that comes or goes leaves comments where they are', () => {
  const withMore = withField(SOURCE, ['budget', 'total'], 500);
  expect(withMore).toContain('# Who and why');
  expect(withMore).toContain('# since June');
  const document = readFields(withMore);
  expect(document && fieldAt(document, ['budget', 'total'])).toBe(500);
  const withDays = withField(withMore, ['schedule', 'days'], ['mon', 'fri']);
  const read = readFields(withDays);
  expect(read && listAt(read, ['schedule', 'days'])).toEqual(['mon', 'fri']);
  expect(withField(withDays, ['schedule', 'days'], undefined)).not.toContain('days');
});

test('a text that would break a flow map is quoted', () => {
  const source = 'name: { en: Spring, de: x }\n';
  const changed = withField(source, ['name', 'en'], 'a, b: } c');
  const document = readFields(changed);
  expect(document && fieldAt(document, ['name', 'en'])).toBe('a, b: } c');
  expect(document && fieldAt(document, ['name', 'de'])).toBe('x');
});

test.each([['a: [1\nb: 2'], ['just a text'], ['']])('%j is nothing for a form', (source) => {
  expect(readFields(source)).toBeNull();
});
