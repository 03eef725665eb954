import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { lintCampaign } from '../../src/app/campaigns/lint-campaign.ts';
import { designFindings } from '../../src/app/campaigns/lint/design.ts';
import { gapFindings } from '../../src/app/campaigns/rules/times.ts';
import { defaultSettings } from '../../src/domain/settings.schema.ts';
import { aCampaign, campaignInput } from '../support/campaigns.ts';

const NOW = new Date('2026-01-10T12:00:00Z');
const sms = [{ channels: ['sms'], contents: { sms: { text: { en: 'Hi' } } } }];

function design(over: Record<string, unknown>): string[] {
  return designFindings(aCampaign(over), defaultSettings).map(
    (found) => `${found.severity} ${found.rule} ${found.path.join('.')}`,
  );
}

function action(over: Record<string, unknown>): Record<string, unknown> {
  return { id: 'offer', kind: 'content', arms: [{ id: 'a', share: 1, steps: sms }], ...over };
}

test.each([
  ['nobody held out', { holdout: 0 }, 'warning no_holdout holdout'],
  ['too little exploration', { policy: { lo: 0.5, outside: 0 } }, 'warning exploration policy.outside'],
  ['a goal that is no return', { returnEvents: ['visit'] }, 'warning goal_return returnEvents'],
  [
    'a coupon against a complaint',
    { actions: [action({ kind: 'coupon', reasons: ['complaint', 'price'] })] },
    'warning unsuited_action actions.0.reasons',
  ],
  [
    'a tutorial against the price',
    { audience: { reasons: ['price'] }, actions: [action({ kind: 'tutorial' })] },
    'warning unsuited_action actions.0.kind',
  ],
  [
    'an action behind one that takes everybody',
    { actions: [action({}), action({ id: 'second', when: 'vip' })] },
    'error unreachable_action actions.1',
  ],
  [
    'an action whose reasons the audience lacks',
    { audience: { reasons: ['a'] }, actions: [action({ reasons: ['b'] })] },
    'error unreachable_action actions.0',
  ],
  [
    'an offer in a transactional message',
    { category: 'transactional', actions: [action({ arms: [{ id: 'a', share: 1, steps: sms, offer: { cost: 3 } }] })] },
    'error transactional_offer actions.0.arms.0.offer',
  ],
  [
    'hours that the company forbids',
    { allowedHours: { sms: { from: '22:00', to: '07:00' } }, actions: [action({})] },
    'error empty_window allowedHours.sms',
  ],
  ['a coupon without a pool', {}, 'warning no_pool actions.0.kind'],
])('warns of %s', (_, over, expected) => {
  expect(design(over)).toContain(expected);
});

test('says nothing about a sound design', () => {
  expect(design({ actions: [action({ reasons: ['price'] })] })).toEqual([]);
});

test('names the date on which the clocks skip the schedule', () => {
  const gap = gapFindings(aCampaign({ timezone: 'Europe/Berlin', schedule: { at: '02:30' } }), NOW);
  expect(gap).toMatchObject([
    { rule: 'dst_gap', what: 'Europe/Berlin has no 02:30 on 2026-03-29: the wave of that date starts at 03:30' },
  ]);
  expect(gapFindings(aCampaign({ timezone: 'Asia/Shanghai', schedule: { at: '02:30' } }), NOW)).toEqual([]);
});

const MJML = `<mjml><mj-body><mj-section><mj-column>
  <mj-text>Hello {{usr.name}} {{{company.postalAddress}}}</mj-text>
</mj-column></mj-section></mj-body></mjml>
`;

test('without a database: filters by their grammar, texts by file and line, and files outside are not read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'recallwave-lint-'));
  const file = join(folder, 'c.yaml');
  await writeFile(join(folder, 'plain.en.mjml'), MJML);
  await writeFile(file, stringify(campaignInput({ audience: { filter: 'anything > 3 && (' } })));
  const linted = await lintCampaign({ file, db: null, now: NOW });
  const found = linted.problems.map(
    (problem) => `${problem.rule} ${problem.file.slice(folder.length + 1)}:${problem.line}`,
  );
  expect(found).toContainEqual(expect.stringMatching(/^filter c\.yaml:/));
  expect(found).toContain('contents plain.en.mjml:2');
  const [first] = (campaignInput()['actions'] as { arms: { steps?: object[] }[] }[])[0]!.arms.slice(1);
  first!.steps = [{ channels: ['email'], contents: { email: { subject: { en: 'Hi' }, mjml: '/etc/passwd' } } }];
  await writeFile(
    file,
    stringify(campaignInput({ actions: [{ id: 'x', kind: 'content', arms: [{ ...first, share: 1 }] }] })),
  );
  const outside = await lintCampaign({ file, db: null, now: NOW });
  expect(outside.problems.filter((problem) => problem.rule === 'contents' && problem.severity === 'error')).not.toEqual(
    [],
  );
  expect(JSON.stringify(outside.built.contents)).not.toContain('root:');
});
