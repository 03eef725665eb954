import { describe, expect, test } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { experiments, HEADER, SPRING } from '../support/experiments.ts';

const { db } = await freshDatabase();
const { run } = await experiments(db);

const outcomesOf = (userId: string) =>
  db('recorded_outcomes as o')
    .join('entries as e', 'e.entry_no', 'o.entry_no')
    .join('users as u', 'u.user_no', 'e.user_no')
    .where('u.user_id', userId)
    .orderBy('o.type')
    .select('o.type', 'o.count', 'o.value_minor');

describe('entries of a recorded experiment', () => {
  test('look as if they had been run here, and belong to nobody who can be contacted', async () => {
    const report = await run(
      `${HEADER},purchased,revenue\n` +
        'a,gold,price|slow,0.6,Coupon,2026-01-04T16:30:00Z,1,1,12.50\n' +
        'b,gold,,1,holdout,2026-01-04T15:30:00Z,0,0,\n' +
        'c,gold,,0.5,usual mail,2026-01-05T01:00:00Z,0,no,0\n',
    );
    expect(report).toMatchObject({ inserted: 3, updated: 0, rejected: 0, published: true, campaignId: 'spring' });
    expect(report.waves).toEqual({ waves: 2, from: '2026-01-04', until: '2026-01-05' });
    const entries = await db('entries').orderBy('entry_no');
    const shared = { n: 1, version: 1, policy_segment: '*', policy_version: 0, in_interval: true, p_global_holdout: 0 };
    expect(entries).toMatchObject([
      {
        ...shared,
        assignment: 'arm',
        arm: 'coupon',
        action: 'offer',
        band: 7,
        p_holdout: 0.2,
        p_treat: 1,
        p_arm: 0.75,
      },
      { ...shared, assignment: 'holdout', arm: null, band: 11, p_holdout: 0.2, p_arm: null },
      { ...shared, assignment: 'arm', arm: 'usual-mail', band: 6, p_holdout: 0.2, p_arm: 0.25 },
    ]);
    expect(entries[0].opened_at).toEqual(new Date('2026-01-04T16:30:00Z'));
    expect(entries[0].window_ends_at).toEqual(new Date('2026-01-18T16:30:00Z'));
    expect(entries[0].reentry_at).toEqual(new Date('2026-02-17T16:30:00Z'));
    expect(await db('waves').orderBy('local_date')).toMatchObject([
      { local_date: '2026-01-04', trigger: 'recorded', state: 'done', audience: 1, actor: 'cli:ana' },
      { local_date: '2026-01-05', trigger: 'recorded', state: 'done', audience: 2 },
    ]);
    expect(await db('users').first()).toMatchObject({
      actor: 'recorded:cli:ana',
      email: null,
      phone: null,
      consent_email: null,
    });
    const warning = await db('warnings').where({ warning_no: entries[0].warning_no }).first();
    expect(warning).toMatchObject({ model: 'silence', segment: 'gold', reasons: ['price', 'slow'], score: 0.6 });
    expect(warning.expires_at.getTime() - warning.raised_at.getTime()).toBe(1000);
    expect(await db('campaigns').first()).toMatchObject({ campaign_id: 'spring', state: 'paused' });
    expect(await outcomesOf('a')).toEqual([{ type: 'purchase', count: 1, value_minor: 1250 }]);
    expect(await outcomesOf('b')).toEqual([]);
  });

  test('come once: the same file changes nothing, a corrected one changes what it corrects', async () => {
    const file = (revenue: string, score: string): string =>
      `${HEADER},purchase,revenue,complained\na,gold,,${score},coupon,2026-01-04T00:00:00Z,1,1,${revenue},1\nb,gold,,0.5,holdout,2026-01-04T00:00:00Z,0,0,0,0\n`;
    await run(file('10', '0.6'));
    const before = await db('entries').orderBy('entry_no');
    expect(await run(file('10', '0.6'))).toMatchObject({ inserted: 0, updated: 0, unchanged: 2, published: false });
    expect(await db('entries').orderBy('entry_no')).toEqual(before);
    expect(await run(file('11', '0.9').replace(',1\nb', ',0\nb'))).toMatchObject({
      inserted: 0,
      updated: 1,
      unchanged: 1,
    });
    expect(await outcomesOf('a')).toEqual([{ type: 'purchase', count: 1, value_minor: 1100 }]);
    expect(await db('entries').where({ assignment: 'arm' }).first()).toMatchObject({ score: 0.9, band: 10 });
  });

  test('may belong to a second campaign too, and a user may come again once the window is over', async () => {
    const file = `${HEADER},purchased\na,gold,,0.6,coupon,2025-10-01T00:00:00Z,1,1\na,gold,,0.6,holdout,2025-12-01T00:00:00Z,0,1\n`;
    expect(await run(file)).toMatchObject({ inserted: 2 });
    expect(await run(file, SPRING.replace('campaign: spring', 'campaign: summer'))).toMatchObject({ inserted: 2 });
    expect(await db('entries').orderBy('entry_no').select('campaign_id', 'n', 'assignment')).toEqual([
      { campaign_id: 'spring', n: 1, assignment: 'arm' },
      { campaign_id: 'spring', n: 2, assignment: 'holdout' },
      { campaign_id: 'summer', n: 1, assignment: 'arm' },
      { campaign_id: 'summer', n: 2, assignment: 'holdout' },
    ]);
    expect(await db('warnings').count('* as n').first()).toEqual({ n: 2 });
  });
});

describe('probabilities of a recorded experiment', () => {
  const row = (user: string, segment: string, arm: string, p: string): string =>
    `${user},${segment},,0.6,${arm},2026-01-04T00:00:00Z,1,${p},0\n`;
  const entriesBy = () => db('entries as e').join('users as u', 'u.user_no', 'e.user_no').orderBy('u.user_id');

  test('come from the column, so that the layers multiply to it; without held-out rows in a cell the rest is theirs', async () => {
    await run(
      `${HEADER},probability,purchased\n` +
        row('a', 'gold', 'coupon', '0.45') +
        row('b', 'gold', 'usual-mail', '0.45') +
        row('c', 'gold', 'holdout', '0.1') +
        row('d', 'new', 'coupon', '0.6') +
        row('e', 'new', 'usual-mail', '0.2'),
    );
    const products = (await entriesBy()).map((entry) => [
      entry.p_holdout,
      entry.p_arm === null ? null : (1 - entry.p_holdout) * entry.p_treat * entry.p_arm,
    ]);
    expect(products).toEqual([
      [0.1, expect.closeTo(0.45, 12)],
      [0.1, expect.closeTo(0.45, 12)],
      [0.1, null],
      [0.2, expect.closeTo(0.6, 12)],
      [0.2, expect.closeTo(0.2, 12)],
    ]);
  });

  test('are the file’s shares without the column, with a note; a file with only arms has no holdout', async () => {
    const only = `${HEADER},purchased\na,gold,,0.6,coupon,2026-01-04T00:00:00Z,1,0\nb,gold,,0.6,usual-mail,2026-01-04T00:00:00Z,1,0\n`;
    const report = await run(only);
    expect(report.warnings).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /2 rows have no probability.*coupon 75\.0 % \(rows: 50\.0 %\).*add the column probability/,
        ),
        expect.stringContaining('no row is held out'),
      ]),
    );
    expect((await entriesBy()).map((entry) => [entry.p_holdout, entry.p_arm])).toEqual([
      [0, 0.75],
      [0, 0.25],
    ]);
    await run(`${HEADER},purchased\nc,gold,,0.6,holdout,2026-01-04T00:00:00Z,0,0\n`);
    expect((await entriesBy()).map((entry) => entry.p_holdout)).toEqual([0.2, 0.2, 0.2]);
  });

  test('are asked for where rows are held out by a campaign that holds nobody out', async () => {
    const file = `${HEADER},purchased\nc,gold,,0.6,holdout,2026-01-04T00:00:00Z,0,0\n`;
    await expect(run(file, SPRING.replace('holdout: 0.2', 'holdout: 0'))).rejects.toThrow(/holdout of spring is 0/);
    expect(await db('campaigns').first()).toBeUndefined();
    expect(await run(file.replace(',purchased', ',purchased,probability').replace(',0\n', ',0,0.3\n'))).toMatchObject({
      inserted: 1,
    });
    expect(await db('entries').first()).toMatchObject({ p_holdout: 0.3 });
  });
});

describe('outcomes of a recorded experiment', () => {
  const columns = async (head: string, cells: string, campaign = SPRING) => {
    await run(`${HEADER},${head}\na,gold,,0.6,coupon,2026-01-04T00:00:00Z,1,${cells}\n`, campaign);
    return outcomesOf('a');
  };

  test('go by their own names, the usual ones of them, or as metrics of their own', async () => {
    expect(await columns('Purchase,returned,unsubscribed,refund,minutes,spend', '2,1,yes,3.00,40,9.99')).toEqual([
      { type: 'minutes', count: 40, value_minor: null },
      { type: 'purchase', count: 2, value_minor: 999 },
      { type: 'refund', count: 1, value_minor: 300 },
      { type: 'spend', count: 1, value_minor: 999 },
      { type: 'unsubscribe', count: 1, value_minor: null },
      { type: 'visit', count: 1, value_minor: null },
    ]);
  });

  test('count the goal by its amount where that is all there is; money that came back is no purchase', async () => {
    expect(await columns('revenue', '12')).toContainEqual({ type: 'purchase', count: 1, value_minor: 1200 });
    await db.raw('truncate entries, recorded_outcomes, recorded_assignments, waves cascade');
    expect(await columns('revenue', '-12')).toEqual([{ type: 'purchase', count: 0, value_minor: -1200 }]);
  });

  test('keep names apart from those of the read’s own metrics; spend is the goal’s worth only where amounts count', async () => {
    const counting = SPRING.replace(', value: revenue', '');
    expect(await columns('purchase,spend,net_value', '1,9.99,3', counting)).toEqual([
      { type: 'net_value_recorded', count: 3, value_minor: null },
      { type: 'purchase', count: 1, value_minor: null },
      { type: 'spend', count: 1, value_minor: 999 },
    ]);
    await db.raw('truncate entries, recorded_outcomes, recorded_assignments, waves, campaigns cascade');
    expect(await columns('purchase,conversion', '1,1')).toContainEqual({
      type: 'conversion_recorded',
      count: 1,
      value_minor: null,
    });
  });

  test('that came after the window do not count, and ones before the assignment reject the row', async () => {
    const file = (at: string): string =>
      `${HEADER},purchased,purchased_at,revenue\na,gold,,0.6,coupon,2026-01-04T00:00:00Z,1,1,${at},5\n`;
    const before = await run(file('2026-01-03T00:00:00Z'));
    expect(before.rejects).toMatchObject([{ line: '2', column: 'purchased_at' }]);
    expect(before.rejects[0]?.reason).toContain('before assigned_at');
    const late = await run(file('2026-01-30T00:00:00Z'));
    expect(late.warnings).toContainEqual(expect.stringMatching(/more than 14 days after/));
    expect(await outcomesOf('a')).toEqual([]);
    await run(file('2026-01-05T00:00:00Z'));
    expect(await outcomesOf('a')).toContainEqual({ type: 'purchase', count: 1, value_minor: 500 });
  });

  test('without one for the goal are refused as a whole, with the columns there are', async () => {
    const file = `${HEADER},visit,minutes\na,gold,,0.6,coupon,2026-01-04T00:00:00Z,1,1,5\n`;
    await expect(run(file)).rejects.toMatchObject({
      type: 'BadInput',
      message: expect.stringMatching(/goal of spring \(purchase\).*visit, minutes/),
      fix: expect.stringContaining('purchased'),
    });
    expect(await db('recorded_assignments').first()).toBeUndefined();
  });
});
