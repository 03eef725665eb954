import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { problemText } from '../../src/app/campaigns/file/finding.ts';
import { campaignJsonSchema, parseCampaignFile } from '../../src/app/campaigns/file/parse-campaign-file.ts';
import { parseSettings } from '../../src/app/settings.ts';
import { campaignInput } from '../support/campaigns.ts';

const GOOD = stringify(campaignInput());

function texts(yaml: string): string[] {
  return parseCampaignFile(yaml, 'c.yaml').problems.map(problemText);
}

/** The good file with one key of the top replaced or added. */
function withKey(over: Record<string, unknown>): string {
  return stringify(campaignInput(over));
}

function arms(...list: object[]): { actions: object[] } {
  return { actions: [{ id: 'offer', kind: 'content', arms: list }] };
}

const steps = [{ channels: ['sms'], contents: { sms: { text: { en: 'Hi' } } } }];

test('a good file has no problems and all its defaults', () => {
  const parsed = parseCampaignFile(GOOD, 'c.yaml');
  expect(parsed.problems).toEqual([]);
  expect(parsed.campaign).toMatchObject({ category: 'winback', reentryDays: 30, policy: { hi: 1, inside: 0.9 } });
});

test.each([
  [
    'an unknown key, with the nearest',
    'holdaut: 0.1\n',
    /^c\.yaml:1:1 holdaut: there is no such key; did you mean holdout\?$/,
  ],
  ['a second key of one name', 'holdout: 0.2\nholdout: 0.3\n', /^c\.yaml:2:1 Map keys must be unique; keep one/],
  ['broken YAML', 'name: "Spring\n', /^c\.yaml:\d+:\d+ .*quote.*; close the quotation mark/],
  ['a tab', '\tname: x\n', /^c\.yaml:1:1 .*[Tt]abs.*; indent with spaces$/],
  ['two documents', 'a: 1\n---\nb: 1\n', /multiple documents.*; write one campaign per file$/],
  ['an unknown alias', 'name: *who\n', /Unresolved alias.*who.*; define the anchor/],
  ['a tag', 'name: !python/object x\n', /^c\.yaml:1:7 Unresolved tag/],
])('names %s by line, column and fix', (_, yaml, expected) => {
  expect(texts(yaml)).toContainEqual(expect.stringMatching(expected));
});

test('an alias bomb and a huge file are refused without being expanded', () => {
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefghi'.split('').map((letter, index) => {
      const before = 'abcdefgh'[index];
      return `${letter}: &${letter} [${Array(9).fill(`*${before}`).join(',')}]`;
    }),
  ].join('\n');
  const started = Date.now();
  expect(texts(bomb)).toEqual(['c.yaml:1:1 the file has too many aliases; write the repeated parts out']);
  expect(texts(`a: ${'x'.repeat(1_100_000)}`)).toEqual([expect.stringMatching(/larger than 1 MB/)]);
  expect(Date.now() - started).toBeLessThan(2000);
});

test('an empty file, a list and a text are not campaigns', () => {
  for (const yaml of ['', '[]', 'hello']) {
    expect(texts(yaml)).toEqual([expect.stringMatching(/^c\.yaml:1:1 .*write a group of keys$/)]);
  }
});

test.each([
  [
    'a text for a number',
    { holdout: '0.1' },
    'holdout: the text "0.1" stands here; write a number (without quotation marks)',
  ],
  [
    'a number for a text',
    { campaign: 2026 },
    'campaign: the number 2026 stands here; write a text (put it in quotation marks)',
  ],
  ['a number that is too large', { holdout: 1 }, 'holdout: the number is too large; use at most 0.9'],
  ['a word that is not known', { category: 'servise' }, 'category: "servise" is not known here; did you mean service?'],
  ['a missing key', { goal: undefined }, 'goal: this key is missing; add it with a group of keys'],
  [
    'a bad duration',
    { expiresAfter: '2 days' },
    'expiresAfter: "2 days" is not valid here; write a duration as a number and m, h or d, such as "90m", "36h" or "7d"',
  ],
  [
    'an unknown time zone',
    { timezone: 'Asia/Shangai' },
    'timezone: there is no time zone Asia/Shangai; did you mean Asia/Shanghai?',
  ],
  ['a locale in the wrong case', { locales: ['zh-cn'] }, 'locales[0]: zh-cn is not a locale; write zh-CN'],
  [
    'a locale that is none',
    { locales: ['english!'] },
    'locales[0]: english! is not a locale; use a BCP 47 tag such as en or zh-CN',
  ],
  [
    'an unknown currency',
    { currency: 'CNX' },
    expect.stringMatching(/^currency: there is no currency CNX; did you mean/),
  ],
  [
    'a threshold above the interval',
    { policy: { lo: 0.9, hi: 0.5 } },
    'policy.lo: the interval 0.9 to 0.5 holds no score; make lo smaller than hi',
  ],
  [
    'a threshold outside the bounds',
    { policy: { lo: 0.2, bounds: { lo: 0.3, hi: 1 } } },
    'policy.lo: the threshold lo 0.2 is outside the bounds 0.3 to 1; move it inside, or widen policy.bounds',
  ],
  [
    'dates the wrong way round',
    { schedule: { at: '09:00', from: '2026-03-02', until: '2026-03-01' } },
    'schedule.until: until 2026-03-01 is before from 2026-03-02; swap them',
  ],
  [
    'dates without one of its days',
    { schedule: { at: '09:00', days: ['sun'], from: '2026-03-02', until: '2026-03-05' } },
    expect.stringMatching(/^schedule\.days: no date/),
  ],
  [
    'a date that is none',
    { schedule: { at: '09:00', from: '2026-02-30' } },
    'schedule.from: "2026-02-30" is not valid here; write a date as 2026-01-31',
  ],
  [
    'a cap without its channel',
    { caps: { rules: [{ id: 'a', scope: 'channel', max: 1, per: 'day' }] } },
    'caps.rules[0]: a cap per channel must say which; add channel',
  ],
  [
    'a cap over no time',
    { caps: { rules: [{ id: 'a', max: 1, per: '0h' }] } },
    'caps.rules[0].per: this time holds nothing; use 1h or more',
  ],
  [
    'shares that do not add up',
    arms({ id: 'a', share: 0.5, control: true }, { id: 'b', share: 0.4, steps }),
    'actions[0].arms: the shares of offer add up to 0.9, not 1; make them add up, for example b: 0.5',
  ],
  [
    'two controls',
    arms({ id: 'a', share: 0.5, control: true }, { id: 'b', share: 0.5, control: true }),
    'actions[0].arms[1].control: offer has a second control arm; keep control: true on one arm',
  ],
  [
    'two arms of one name',
    arms({ id: 'a', share: 0.5, control: true }, { id: 'a', share: 0.5, steps }),
    'actions[0].arms[1].id: a stands here a second time; use another name, or take it out',
  ],
  [
    'an arm that does nothing',
    arms({ id: 'a', share: 0.5, control: true }, { id: 'b', share: 0.5 }),
    'actions[0].arms[1]: the arm b has no steps, so it does nothing; give it steps, or mark it control: true',
  ],
  [
    'a follow-up without a day',
    arms({ id: 'a', share: 1, steps: [...steps, ...steps] }),
    'actions[0].arms[0].steps[1]: a follow-up step needs a day; add afterDays: how many days after the first touch',
  ],
  [
    'follow-ups out of order',
    arms({ id: 'a', share: 1, steps: [...steps, { ...steps[0], afterDays: 5 }, { ...steps[0], afterDays: 5 }] }),
    'actions[0].arms[0].steps[2].afterDays: day 5 is not after the step before it; use more than 5; days count from the first touch',
  ],
  [
    'one step on two days',
    arms(
      { id: 'a', share: 0.5, steps: [...steps, { ...steps[0], afterDays: 5 }] },
      { id: 'b', share: 0.5, steps: [...steps, { ...steps[0], afterDays: 6 }] },
    ),
    'actions[0].arms[1].steps[1].afterDays: the same step is on day 5 in another arm; use 5, or make it a step of its own: a wave sends a step to all its arms on one day',
  ],
])('refuses %s', (_, over, expected) => {
  const yaml = withKey(over);
  const found = texts(yaml).map((text) => text.replace(/^c\.yaml:\d+:\d+ /, ''));
  expect(found).toContainEqual(expected);
  expect(parseCampaignFile(yaml, 'c.yaml').campaign).toBeNull();
});

test('shares within rounding of 1 add up, others do not', () => {
  const share = fc.integer({ min: 1, max: 1000 });
  fc.assert(
    fc.property(fc.array(share, { minLength: 2, maxLength: 12 }), fc.boolean(), (parts, off) => {
      const total = parts.reduce((sum, part) => sum + part, 0);
      const list = parts.map((part, i) => ({ id: `a${i}`, share: part / total - (off && i === 0 ? 1e-6 : 0), steps }));
      const found = parseCampaignFile(withKey(arms(...list)), 'c.yaml').problems.map((problem) => problem.rule);
      expect(found.includes('arm_shares')).toBe(off);
    }),
    { numRuns: 40 },
  );
});

test('a segment takes the campaign’s policy where it says nothing of its own', () => {
  const { campaign } = parseCampaignFile(
    withKey({ policy: { lo: 0.5, hi: 0.8, segments: { gold: { lo: 0.6 } } } }),
    'c.yaml',
  );
  expect(campaign?.policy.segments).toEqual({ gold: { lo: 0.6 } });
});

test('places a fault inside a filter at its character, and one behind an alias where the text stands', () => {
  const yaml = 'a: 1\naudience:\n  filter: "vip && riks > 1"\n  other: &x { deep: 5 }\n  again: *x\n';
  const parsed = parseCampaignFile(yaml, 'c.yaml');
  const at = { rule: 'r', severity: 'error' as const, what: 'w', fix: 'f' };
  expect(parsed.place({ ...at, path: ['audience', 'filter'], offset: 7 })).toMatchObject({ line: 3, column: 19 });
  expect(parsed.place({ ...at, path: ['audience', 'again', 'deep'] })).toMatchObject({ line: 4, column: 21 });
  expect(parsed.place({ ...at, path: ['audience', 'none', 0] })).toMatchObject({ line: 3, column: 3 });
});

test('docs/campaign.schema.json is the schema in force', async () => {
  const stored: unknown = JSON.parse(
    await readFile(new URL('../../docs/campaign.schema.json', import.meta.url), 'utf8'),
  );
  expect(stored).toEqual(JSON.parse(JSON.stringify(campaignJsonSchema())));
});

test('settings are checked like campaigns', () => {
  const found = (yaml: string): string[] => parseSettings(yaml, 's.yaml').problems.map(problemText);
  expect(parseSettings('{}', 's.yaml').settings?.caps.rules).toHaveLength(3);
  expect(found('')).toEqual(['s.yaml:1:1 nothing stands here; write a group of keys']);
  expect(found('globalHoldaut: 0.1\n')).toEqual([
    's.yaml:1:1 globalHoldaut: there is no such key; did you mean globalHoldout?',
  ]);
  expect(found('allowedHours: { sms: { from: "08:00", to: "08:00" } }\n')).toEqual([
    expect.stringMatching(/^s\.yaml:1:22 allowedHours\.sms: no hour of the day/),
  ]);
  expect(found('defaultTimezone: Mars\n')).toEqual([expect.stringMatching(/no time zone Mars/)]);
});
