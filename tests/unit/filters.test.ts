import { expect, test } from 'vitest';
import { compileFilter, FilterError, type FilterUser } from '../../src/policy/filters/compile-filter.ts';
import { parseInstant } from '../../src/policy/filters/instant.ts';

const NOW = new Date('2026-03-10T12:00:00Z');
const catalogue = [
  { name: 'risk', type: 'number' },
  { name: 'orders', type: 'number' },
  { name: 'tier', type: 'string' },
  { name: 'vip', type: 'boolean' },
  { name: 'last_visit', type: 'date' },
  { name: '最近品牌', type: 'string' },
] as const;

function user(attributes: Record<string, unknown>): FilterUser {
  return {
    userId: 'u1',
    email: 'Ana@Example.test',
    locale: 'zh-CN',
    timezone: null,
    consentEmail: true,
    consentSms: null,
    consentPush: null,
    attributes,
  };
}

function matches(text: string, attributes: Record<string, unknown> = {}): boolean {
  return compileFilter(text, catalogue).matches(user(attributes), NOW);
}

function problem(text: string): { what: string; fix: string | undefined; offset: number } {
  try {
    compileFilter(text, catalogue);
  } catch (error) {
    if (error instanceof FilterError) return { what: error.what, fix: error.fix, offset: error.offset };
    throw error;
  }
  throw new Error(`${text} was accepted`);
}

test.each([
  ['risk > 1', { risk: 2 }, true],
  ['risk > 1', {}, false],
  ['!(risk > 1)', {}, true],
  ['risk != 1', {}, false],
  ['risk > 1', { risk: '2' }, false],
  ['orders / 2 == 2.5', { orders: 5 }, true],
  ['risk / orders > 0 || vip', { risk: 1, orders: 0 }, false],
  ['tier in ["gold", "platinum"]', { tier: 'gold' }, true],
  ['tier.startsWith("go") && tier.endsWith("ld") && tier.contains("ol")', { tier: 'gold' }, true],
  ['user["最近品牌"] == "茶"', { 最近品牌: '茶' }, true],
  ['has(tier) && tier != null', { tier: 'x' }, true],
  ['tier == null', { tier: null }, true],
  ['daysSince(last_visit) >= 30', { last_visit: '2026-02-08T12:00:00Z' }, true],
  ['daysSince(last_visit) >= 30', { last_visit: '2026-02-08T12:00:01Z' }, false],
  ['last_visit < timestamp("2026-03-01")', { last_visit: '2026-02-28' }, true],
  ['last_visit < "2026-03-01"', { last_visit: '2026-03-01T07:00:00+08:00' }, true],
  ['last_visit < "2026-03-01"', { last_visit: 'last week' }, false],
  ['(vip ? risk : orders) > 1', { vip: true, risk: 2, orders: 0 }, true],
  ['email_domain == "example.test" && consent_email && !consent_sms && locale == "zh-CN"', {}, true],
  ['size(tier) == 2', { tier: '🎁茶' }, true],
])('%s of %j is %s', (text, attributes, expected) => {
  expect(matches(text, attributes)).toBe(expected);
});

test.each([
  ['riks > 1', 'unknown variable riks', 'did you mean risk?', 0],
  ['vip &&\n  riks > 1', 'unknown variable riks', 'did you mean risk?', 9],
  ['risk > "1"', "a number can't be compared with a text", expect.stringMatching(/quotation marks/), 0],
  ['tier > "a"', '> needs numbers or dates, not a text', expect.anything(), 0],
  ['risk', 'a number stands where a condition is needed', expect.anything(), 0],
  ['tier.matches("(a+)+$")', expect.stringMatching(/^matches is refused/), expect.stringMatching(/startsWith/), 5],
  ['tier.startWith("a")', 'unknown function startWith', 'did you mean startsWith?', 5],
  ['risk = 1', 'unexpected character: =', 'compare with ==', 5],
  ['last_visit > "yesterday"', '"yesterday" is not a date', expect.stringMatching(/2026-01-31/), 0],
  ['last_visit + 1 > last_visit', 'a date + a number has no meaning', 'use daysSince(date)', 0],
  ['[1, 2].exists(x, x > risk)', 'unknown function exists', expect.anything(), 7],
  ['risk in [orders]', 'a list holds fixed values only', expect.anything(), 0],
  ['orders % 2 == 0', '% can not be used in a filter', expect.anything(), 0],
  ['tier == "\\u0000"', expect.stringMatching(/no value can have/), 'leave it out', 8],
  ['risk >', 'unexpected token: EOF', expect.stringMatching(/ends too early/), 6],
  [
    'risk*risk*risk*risk*risk*risk*risk*risk*risk*risk > 1',
    expect.stringMatching(/range of numbers/),
    expect.anything(),
    0,
  ],
  ['{"a": 1}.size() > 0', expect.anything(), expect.anything(), expect.anything()],
])('refuses %s with the place and a fix', (text, what, fix, offset) => {
  expect(problem(text)).toEqual({ what, fix, offset });
});

test('refuses a filter whose nesting or length could exhaust the parser', () => {
  expect(problem(`${'('.repeat(200)}vip${')'.repeat(200)}`).what).toMatch(/depth/i);
  expect(problem(`tier == "${'x'.repeat(11_000)}"`).what).toMatch(/too long/);
});

test('attribute names of object prototypes are unknown, not inherited', () => {
  expect(problem('constructor == "x"').what).toBe('unknown variable constructor');
  const filter = compileFilter('toString == null', [{ name: 'toString', type: 'string' }]);
  expect(filter.matches(user({}), NOW)).toBe(true);
});

test.each([
  ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ['2026-03-09 12:00:00.123456+08', '2026-03-09T04:00:00.123Z'],
  ['2026-03-09T12:00-0530', '2026-03-09T17:30:00.000Z'],
  ['2026-02-29', null],
  ['2100-02-29', null],
  ['2026-04-31', null],
  ['2026-03-09T12:00:00', null],
  ['0999-01-01', null],
])('reads the time %s as %s', (text, expected) => {
  const instant = parseInstant(text);
  expect(instant === null ? null : new Date(instant).toISOString()).toBe(expected);
});
