import { describe, expect, test } from 'vitest';
import { planCampaign } from '../../src/app/campaigns/plan-campaign.ts';
import { freshDatabase } from '../support/database.ts';
import { EXPERIMENT_NOW, experiments, HEADER, SPRING } from '../support/experiments.ts';

const { db } = await freshDatabase();
const { run, campaignFile } = await experiments(db);

describe('bad rows of a recorded experiment', () => {
  const reasons = async (rows: string, head = 'purchased') => {
    const { rejects } = await run(`${HEADER},${head}\n${rows}`);
    return rejects.map(({ line, reason }) => `${line}: ${reason}`);
  };
  const at = (user: string, arm: string, day: string): string => `${user},gold,,0.6,${arm},${day}T00:00:00Z,1,0\n`;

  test('are those of an arm that the campaign does not have, of the future and of another currency', async () => {
    expect(await reasons(at('a', 'voucher', '2026-01-04') + at('b', 'coupon', '2026-04-04'))).toEqual([
      '2: the campaign has no arm voucher: it has usual-mail, coupon; holdout',
      expect.stringMatching(/^3: in the future/),
    ]);
    expect(await reasons(at('a', 'coupon', '2026-01-04').replace('\n', ',USD\n'), 'purchased,currency')).toEqual([
      expect.stringContaining('counts in CNY'),
    ]);
  });

  test('are all of a user who is in two arms at once, and the later ones of one who is twice in the same', async () => {
    const found = await reasons(
      at('a', 'coupon', '2026-01-04') +
        at('a', 'holdout', '2026-01-10') +
        at('b', 'coupon', '2026-01-04') +
        at('b', 'coupon', '2026-01-10') +
        at('c', 'coupon', '2026-01-04'),
    );
    expect(found).toEqual([
      expect.stringMatching(/line 2 says coupon, line 3 another/),
      expect.stringMatching(/line 3 says holdout, line 2 another/),
      expect.stringMatching(/^5: line 4 has an assignment/),
    ]);
    expect(await db('entries').count('* as n').first()).toEqual({ n: 2 });
    expect(await reasons(at('c', 'holdout', '2026-01-05'))).toEqual([
      expect.stringContaining('assignments do not change'),
    ]);
  });

  test('are those of a date on which the campaign ran a wave of its own', async () => {
    await run(`${HEADER},purchased\n${at('a', 'coupon', '2026-01-04')}`);
    await db('waves').insert({
      campaign_id: 'spring',
      local_date: '2026-02-01',
      version: 1,
      state: 'done',
      trigger: 'schedule',
      decision_at: EXPERIMENT_NOW,
      actor: 'system:schedule',
    });
    expect(await reasons(at('b', 'coupon', '2026-02-01'))).toEqual([expect.stringContaining('a wave of its own')]);
  });
});

describe('the campaign of a recorded experiment', () => {
  const file = `${HEADER},purchased\na,gold,,0.6,coupon,2026-01-04T00:00:00Z,1,1\n`;

  test('stays as it is: a file that differs has to be applied first', async () => {
    await run(file);
    await db('campaigns').update({ state: 'active' });
    expect(await run(file)).toMatchObject({ published: false });
    expect(await run(file, 'spring')).toMatchObject({ published: false, unchanged: 1 });
    expect(await db('campaigns').first()).toMatchObject({ state: 'active' });
    await expect(run(file, SPRING.replace('lo: 0.5', 'lo: 0.6'))).rejects.toMatchObject({
      fix: expect.stringContaining('recallwave campaign apply'),
    });
    await expect(run(file, 'autumn')).rejects.toMatchObject({ type: 'NotFound' });
  });

  test('is not forecast from recorded warnings: those users are not warned now', async () => {
    await run(file.replace('2026-01-04', '2026-03-01'));
    const plan = await planCampaign({ db, file: campaignFile, now: EXPERIMENT_NOW });
    expect(plan.people).toMatchObject({ audience: 0, warnedPerDay: 0 });
  });

  test('gives events that came before their user to the bare user', async () => {
    await db('events').insert({
      event_id: 'e',
      user_id: 'a',
      type: 'visit',
      occurred_at: EXPERIMENT_NOW,
      actor: 'test',
    });
    await run(file);
    const user = await db('users').where({ user_id: 'a' }).first();
    expect(await db('events').first()).toMatchObject({ user_no: user.user_no });
  });
});
