import { expect, test } from 'vitest';
import { activeCampaigns, loadVersion, setCampaignState, versionHistory } from '../../src/db/queries/campaigns.ts';
import { insertPolicy, livePolicies } from '../../src/db/queries/policies.ts';
import { publishVersion } from '../../src/db/queries/publish-version.ts';
import { applySettings, currentSettings } from '../../src/db/queries/settings.ts';
import { defaultSettings } from '../../src/domain/settings.schema.ts';
import { aCampaign } from '../support/campaigns.ts';
import { freshDatabase } from '../support/database.ts';

const { db } = await freshDatabase();

function publish(hash: string, priority: number) {
  const campaign = aCampaign({ campaign: 'spring', priority });
  return db.transaction((trx) =>
    publishVersion(trx, { campaign, contents: {}, source: `# ${hash}`, hash, author: 'cli:ana' }),
  );
}

test('publishes versions in order and puts an older one in force again when its text returns', async () => {
  expect(await publish('h1', 1)).toEqual({ disposition: 'published', version: 1, first: true });
  expect(await publish('h1', 1)).toEqual({ disposition: 'unchanged', version: 1, first: false });
  const salt = (await loadVersion(db, { campaignId: 'spring' }))?.salt;
  expect(await publish('h2', 2)).toEqual({ disposition: 'published', version: 2, first: false });
  expect(await publish('h1', 1)).toEqual({ disposition: 'reinstated', version: 1, first: false });
  const current = await loadVersion(db, { campaignId: 'spring' });
  expect(current).toMatchObject({ version: 1, state: 'active', author: 'cli:ana', salt, campaign: { priority: 1 } });
  expect((await loadVersion(db, { campaignId: 'spring', version: 2 }))?.campaign.priority).toBe(2);
  expect((await versionHistory(db, 'spring')).map((line) => [line.version, line.current])).toEqual([
    [2, false],
    [1, true],
  ]);
  expect(await loadVersion(db, { campaignId: 'nowhere' })).toBeNull();
});

test('publishes one version when two people apply the same file at once', async () => {
  const results = await Promise.all([publish('h3', 3), publish('h3', 3), publish('h3', 3)]);
  expect(results.map((result) => result.disposition).toSorted()).toEqual(['published', 'unchanged', 'unchanged']);
});

test('a paused campaign is not active, and the change is in the audit log with its actor', async () => {
  expect((await activeCampaigns(db)).map((one) => one.campaignId)).toEqual(['spring']);
  expect(await setCampaignState(db, { campaignId: 'spring', state: 'paused', actor: 'cli:bo', reason: 'stock' })).toBe(
    true,
  );
  expect(await setCampaignState(db, { campaignId: 'spring', state: 'paused', actor: 'cli:bo' })).toBe(false);
  expect(await activeCampaigns(db)).toEqual([]);
  const lines = await db('audit_log').where({ action: 'campaign.paused' });
  expect(lines).toMatchObject([{ actor: 'cli:bo', subject: 'spring', details: { reason: 'stock' } }]);
  await expect(setCampaignState(db, { campaignId: 'none', state: 'active', actor: 'cli:bo' })).rejects.toThrow(
    /no campaign none/,
  );
});

test('the newest policy of each segment and action is live', async () => {
  const base = {
    segment: '*',
    action: 'offer',
    lo: 0.4,
    hi: 1,
    inside: 0.9,
    outside: 0.05,
    treatByBand: null,
    exploreWidth: 0.1,
  };
  const add = (lo: number, segment = '*') =>
    db.transaction((trx) =>
      insertPolicy(trx, {
        campaignId: 'spring',
        policy: { ...base, segment, lo, armShares: { plain: 1 } },
        reason: 'test',
        actor: 'cli:ana',
      }),
    );
  expect(await add(0.4)).toBe(1);
  expect(await add(0.5)).toBe(2);
  expect(await add(0.7, 'gold')).toBe(1);
  expect(await livePolicies(db, 'spring')).toEqual([
    { ...base, lo: 0.5, policyVersion: 2, armShares: { plain: 1 } },
    { ...base, segment: 'gold', lo: 0.7, policyVersion: 1, armShares: { plain: 1 } },
  ]);
});

test('applying equal settings changes nothing, and a changed global holdout opens a new period', async () => {
  expect(await currentSettings(db)).toEqual({ version: 0, settings: defaultSettings });
  const settings = { ...defaultSettings, company: 'Acme' };
  expect(await applySettings(db, { settings, actor: 'cli:ana' })).toEqual({ version: 1, changed: true, stale: false });
  expect(await applySettings(db, { settings, actor: 'cli:ana' })).toEqual({ version: 1, changed: false, stale: false });
  expect(await db('global_holdout_periods')).toEqual([]);
  await applySettings(db, { settings: { ...settings, globalHoldout: 0.05 }, actor: 'cli:ana' });
  await applySettings(db, { settings: { ...settings, globalHoldout: 0.05, company: 'Acme 2' }, actor: 'cli:ana' });
  await applySettings(db, { settings: { ...settings, globalHoldout: 0.1 }, actor: 'cli:bo' });
  const periods = await db('global_holdout_periods').orderBy('period_no');
  expect(periods.map((one) => [one.share, one.until_at === null, one.actor])).toEqual([
    [0.05, false, 'cli:ana'],
    [0.1, true, 'cli:bo'],
  ]);
  expect(periods[0].salt).not.toBe(periods[1].salt);
  expect((await currentSettings(db)).version).toBe(4);
});
