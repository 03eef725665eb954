import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { createPlanningActivities } from '../../src/activities/planning.ts';
import { applyCampaignFile } from '../../src/app/campaigns/apply.ts';
import { buildCampaign } from '../../src/app/campaigns/build-campaign.ts';
import { approveDraft } from '../../src/app/drafts/approve-draft.ts';
import { beginDraft } from '../../src/app/drafts/begin-draft.ts';
import { playbookTexts } from '../../src/app/drafts/playbooks.ts';
import { publishDraft } from '../../src/app/drafts/publish-draft.ts';
import { saveDraft } from '../../src/app/drafts/save-draft.ts';
import { showDraft } from '../../src/app/drafts/show-draft.ts';
import { smallCampaign } from '../../src/app/drafts/small-campaign.ts';
import { rehearse } from '../../src/app/rehearse.ts';
import { nextRun } from '../../src/policy/campaign-dates.ts';
import { freshDatabase } from '../support/database.ts';
import { aDefinition, aUser, aWarning, NOON } from '../support/world.ts';

const { db } = await freshDatabase();
const { openWave } = createPlanningActivities({ db });
const campaignId = 'spring';

beforeEach(() => db.raw('truncate campaigns, campaign_drafts, approvals, users, warnings, waves cascade'));

const at = { db, campaignId, now: NOON };

/** Publishes what is open, approved by bo for waves of at most `maxAudience`. */
async function publishOpen(maxAudience: number): Promise<number> {
  const { hash } = await showDraft(db, campaignId);
  await approveDraft({ ...at, hash: hash ?? '', maxAudience, approver: 'console:bo' });
  const result = await publishDraft({ ...at, hash: hash ?? '', actor: 'console:bo' });
  if (result.kind !== 'published') throw new Error(result.kind);
  return result.applied.version;
}

async function warnedUsers(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await aWarning(db, { userNo: await aUser(db) });
}

const opening = (workflowId = 'w1') =>
  openWave({ campaignId, decisionAt: NOON.toISOString(), trigger: 'schedule', actor: 'test', workflowId });

test('a wave above the approved audience waits for a person, and the rehearsal says so before', async () => {
  await beginDraft({ ...at, playbook: null, author: 'console:ana' });
  await publishOpen(2);
  await warnedUsers(3);
  const reason = 'audience 3 is above the 2 that the version was approved for';
  expect(await rehearse({ db, campaignId, decisionAt: NOON })).toMatchObject({ audience: 3, approval: reason });
  expect(await opening()).toMatchObject({ disposition: 'waiting_approval', reason });
});

test('the approval of one version says nothing about the next one', async () => {
  await beginDraft({ ...at, playbook: null, author: 'console:ana' });
  await publishOpen(2);
  const { source, files } = await showDraft(db, campaignId);
  const texts = { source: source.replace('holdout: 0.1', 'holdout: 0.2'), files };
  await saveDraft({ ...at, revision: 0, texts, editor: 'console:ana' });
  expect(await publishOpen(10)).toBe(2);
  await warnedUsers(3);
  expect(await opening()).toMatchObject({ disposition: 'opened', audience: 3 });
});

test('an operator of the machine applies a file without approval, which the audit log says', async () => {
  const { source, files } = smallCampaign(campaignId);
  const folder = await mkdtemp(join(tmpdir(), 'recallwave-draft-'));
  for (const [name, text] of Object.entries({ ...files, 'campaign.yaml': source })) {
    await writeFile(join(folder, name), text);
  }
  await applyCampaignFile({ db, path: join(folder, 'campaign.yaml'), actor: 'cli:ana', now: NOON });
  const line = await db('audit_log').where({ action: 'campaign.published' }).orderBy('audit_no', 'desc').first();
  expect(line.details).toMatchObject({ approval: 'none: applied from a file by an operator of the machine' });
  expect(await showDraft(db, campaignId)).toMatchObject({ revision: 0, source, files, filesMissing: false });
  await warnedUsers(3);
  expect(await opening()).toMatchObject({ disposition: 'opened' });
});

test('files in a folder and the same ones in memory are the same campaign', async () => {
  const texts = await playbookTexts('high-value-account-manager', campaignId);
  expect(Object.keys(texts.files)).toContain('../layout/head.mjml');
  const folder = await mkdtemp(join(tmpdir(), 'recallwave-draft-'));
  for (const [name, text] of Object.entries({ ...texts.files, 'campaign.yaml': texts.source })) {
    const path = join(folder, 'own', name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  const inFolder = await buildCampaign({ file: join(folder, 'own', 'campaign.yaml'), catalogue: null });
  const inMemory = await buildCampaign({ file: { name: 'campaign.yaml', ...texts }, catalogue: null });
  expect(inMemory.hash).toBe(inFolder.hash);
  expect([inMemory.files, inFolder.files]).toEqual([texts.files, texts.files]);
});

test('a draft reads no file of the machine', async () => {
  const { source, files } = smallCampaign(campaignId);
  const [mail] = Object.values(files);
  const texts = {
    source: source.replace('hello.{locale}.txt', '/etc/hosts.txt'),
    files: { 'hello.en.mjml': mail ?? '' },
  };
  const { problems } = await buildCampaign({ file: { name: 'campaign.yaml', ...texts }, catalogue: null });
  expect(problems).toContainEqual(expect.objectContaining({ severity: 'error', rule: 'contents' }));
});

test('a draft of which only the version that stood was kept says that its texts are missing', async () => {
  await beginDraft({ ...at, playbook: null, author: 'console:ana' });
  await publishOpen(2);
  await db.raw('alter table campaign_versions disable trigger user');
  await db('campaign_versions').update({ files: null });
  await db.raw('alter table campaign_versions enable trigger user');
  expect(await showDraft(db, campaignId)).toMatchObject({ files: {}, filesMissing: true });
});

test('the next run is the next local time on a day of the schedule, until it is over', () => {
  const { schedule } = aDefinition({ schedule: { at: '10:00', days: ['mon'], until: '2026-05-25' } });
  const zone = { schedule, timezone: 'Asia/Shanghai' };
  expect(nextRun(zone, NOON)?.toISOString()).toBe('2026-05-25T02:00:00.000Z');
  expect(nextRun(zone, new Date('2026-05-25T02:00:00Z'))).toBeNull();
  const later = { ...zone, schedule: { ...schedule, from: '2027-01-01', until: '2027-12-31' } };
  expect(nextRun(later, NOON)?.toISOString()).toBe('2027-01-04T02:00:00.000Z');
});
