import { beforeEach, describe, expect, test } from 'vitest';
import { UnreachableError } from '../../../src/domain/failures.ts';
import { testApi, type ApiAnswer } from '../../support/api-client.ts';
import { freshDatabase } from '../../support/database.ts';

const { db } = await freshDatabase();
const NOON = new Date('2026-03-02T12:00:00Z');
const temporal = () => Promise.reject(new UnreachableError('no Temporal here', 'start one'));
const { as } = await testApi({ db, temporal, now: () => NOON });
const [look, market, operate, admin] = [as('viewer'), as('marketer'), as('operator'), as('admin')];

let before = 0;

beforeEach(async () => {
  await db.raw(`truncate campaign_drafts, approvals, campaigns, campaign_versions, live_policies, coupon_pools,
    campaign_budgets, idempotency_keys cascade`);
  // The log only grows: a test looks at its own lines.
  const last = await db('audit_log').max('audit_no as no').first<{ no: number | null }>();
  before = last.no ?? 0;
});

/** A new campaign, begun by the marketer. */
async function begun(campaignId = 'spring', playbook: string | null = null): Promise<ApiAnswer['body']> {
  const answer = await market('POST', '/campaigns', { body: { campaignId, playbook } });
  expect(answer.status).toBe(201);
  return answer.body;
}

/** Saves a draft with a change in its YAML. */
async function edited(who: typeof market, draft: ApiAnswer['body'], [from, to]: [string, string]): Promise<ApiAnswer> {
  expect(draft.source).toContain(from);
  return who('PUT', `/campaigns/${draft.campaignId}/draft`, {
    body: { source: draft.source.replace(from, to), files: draft.files },
    headers: { 'if-match': `"${draft.revision}"` },
  });
}

const approve = (who: typeof market, draft: ApiAnswer['body'], maxAudience = 500): Promise<ApiAnswer> =>
  who('POST', `/campaigns/${draft.campaignId}/draft/approvals`, { body: { hash: draft.hash, maxAudience } });

const publish = (
  who: typeof market,
  draft: ApiAnswer['body'],
  headers: Record<string, string> = {},
): Promise<ApiAnswer> =>
  who('POST', `/campaigns/${draft.campaignId}/draft/publish`, { body: { hash: draft.hash }, headers });

/** A campaign with one version in force. */
async function published(campaignId = 'spring'): Promise<ApiAnswer['body']> {
  const draft = await begun(campaignId);
  expect((await approve(operate, draft)).status).toBe(201);
  const answer = await publish(operate, draft);
  expect(answer.status).toBe(200);
  return answer.body;
}

const audit = (campaignId = 'spring') =>
  db('audit_log')
    .where({ subject: campaignId })
    .where('audit_no', '>', before)
    .orderBy('audit_no')
    .select('actor', 'action', 'details');

test('a playbook becomes a draft of one’s own, with its texts, and is ready for approval', async () => {
  const { body: playbooks } = await look('GET', '/playbooks');
  expect(playbooks.items.map((one: { id: string }) => one.id)).toContain('series-watcher');
  const draft = await begun('series-spring', 'series-watcher');
  expect(draft).toMatchObject({ author: 'console:marketer', errors: 0, versionInForce: null, approval: null });
  expect(draft.source).toContain('campaign: series-spring');
  expect(Object.keys(draft.files)).toContain('../layout/head.mjml');
  expect((await look('GET', '/campaigns')).body.items).toMatchObject([
    { campaignId: 'series-spring', state: 'draft', version: null, draft: { revision: draft.revision, approval: null } },
  ]);
});

test('an unknown playbook is named with the ones there are, and an id is taken once', async () => {
  const unknown = await market('POST', '/campaigns', { body: { campaignId: 'x', playbook: 'series-watchers' } });
  expect(unknown).toMatchObject({ status: 404, body: { fix: expect.stringContaining('series-watcher') } });
  await begun();
  const taken = await market('POST', '/campaigns', { body: { campaignId: 'spring', playbook: null } });
  expect(taken).toMatchObject({ status: 409, body: { detail: expect.stringContaining('spring') } });
});

describe('two people edit one draft', () => {
  test('the second is told who saved what meanwhile, and nothing is written', async () => {
    const draft = await begun();
    const first = await edited(operate, draft, ['holdout: 0.1', 'holdout: 0.2']);
    expect(first).toMatchObject({
      status: 200,
      body: { changed: true, editor: 'console:operator', problems: expect.any(Array) },
    });
    const second = await edited(market, draft, ['holdout: 0.1', 'holdout: 0.3']);
    expect(second).toMatchObject({
      status: 412,
      body: {
        code: 'draft_changed',
        current: { revision: first.body.revision, editor: 'console:operator', source: first.body.source },
      },
    });
    expect((await look('GET', '/campaigns/spring/draft')).body.source).toContain('holdout: 0.2');
  });

  test('of two who save at the same moment one is told', async () => {
    const draft = await begun();
    const answers = await Promise.all([
      edited(operate, draft, ['holdout: 0.1', 'holdout: 0.2']),
      edited(market, draft, ['holdout: 0.1', 'holdout: 0.3']),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412]);
  });

  test('a save over a draft that was discarded or published meanwhile says so', async () => {
    const draft = await begun();
    const gone = await operate('DELETE', '/campaigns/spring/draft', { headers: { 'if-match': `"${draft.revision}"` } });
    expect(gone.status).toBe(204);
    expect((await edited(market, draft, ['0.1', '0.2'])).status).toBe(404);
    const second = await begun();
    await approve(operate, second);
    await publish(operate, second);
    expect(await edited(market, second, ['0.1', '0.2'])).toMatchObject({ status: 412, body: { code: 'draft_gone' } });
  });

  test('a save without If-Match is refused', async () => {
    const draft = await begun();
    const body = { source: draft.source, files: draft.files };
    expect(await market('PUT', '/campaigns/spring/draft', { body })).toMatchObject({
      status: 428,
      body: { code: 'if_match_missing' },
    });
  });
});

describe('approval', () => {
  test('is refused to the author and to the last editor', async () => {
    const draft = (await operate('POST', '/campaigns', { body: { campaignId: 'spring', playbook: null } })).body;
    expect(await approve(operate, draft)).toMatchObject({ status: 403, body: { code: 'own_draft' } });
    const { body: changed } = await edited(admin, draft, ['holdout: 0.1', 'holdout: 0.2']);
    expect(await approve(admin, changed)).toMatchObject({ status: 403, body: { code: 'own_draft' } });
    expect((await publish(admin, changed)).body).toMatchObject({ code: 'approval_missing' });
  });

  test('is for operators, and of what the approver saw', async () => {
    const draft = await begun();
    expect((await approve(market, draft)).body).toMatchObject({ code: 'role_missing' });
    const { body: changed } = await edited(market, draft, ['holdout: 0.1', 'holdout: 0.2']);
    expect(changed.hash).not.toBe(draft.hash);
    expect(await approve(operate, draft)).toMatchObject({
      status: 412,
      body: { current: { revision: changed.revision } },
    });
  });

  test('is voided by any edit, even one that changes no meaning, and the audit log says so', async () => {
    const draft = await begun();
    expect(await approve(operate, draft, 321)).toMatchObject({
      status: 201,
      body: { maxAudience: 321, approver: 'console:operator' },
    });
    const { body: changed } = await edited(market, draft, ['# Whom', '# To whom']);
    expect(changed).toMatchObject({ approval: null, hash: draft.hash });
    expect(changed.approvals).toMatchObject([{ voidedWhy: 'changed by console:marketer' }]);
    expect(await publish(operate, changed)).toMatchObject({ status: 409, body: { code: 'approval_missing' } });
    expect((await audit()).map(({ action }) => action)).toEqual([
      'draft.begun',
      'draft.approved',
      'draft.saved',
      'draft.approval-voided',
    ]);
  });

  test('stays where the same text is saved again, and can be taken back', async () => {
    const draft = await begun();
    await approve(operate, draft);
    const again = await edited(market, draft, ['holdout: 0.1', 'holdout: 0.1']);
    expect(again.body).toMatchObject({
      changed: false,
      revision: draft.revision,
      approval: { approver: 'console:operator' },
    });
    expect((await admin('DELETE', '/campaigns/spring/draft/approvals')).body).toEqual({ changed: true });
    expect((await publish(operate, draft)).body).toMatchObject({ code: 'approval_missing' });
  });

  test('is not given to a draft with errors', async () => {
    const draft = await begun();
    const { body: broken } = await edited(market, draft, ['hello.{locale}.txt', 'missing.{locale}.txt']);
    expect(broken.errors).toBeGreaterThan(0);
    expect(await approve(operate, broken)).toMatchObject({ status: 422, body: { code: 'campaign_invalid' } });
  });
});

describe('publishing', () => {
  test('puts the approved draft in force, ends the draft and says that the schedule follows later', async () => {
    expect(await published()).toMatchObject({
      version: 1,
      disposition: 'published',
      maxAudience: 500,
      schedule: 'later',
      note: expect.stringContaining('Temporal'),
    });
    const { body } = await look('GET', '/campaigns/spring');
    expect(body).toMatchObject({
      version: 1,
      author: 'console:marketer',
      draft: null,
      maximum: { users: 500, file: 10_000, approved: 500 },
      definition: { campaign: 'spring' },
      nextRun: '2026-03-03T10:00:00.000Z',
    });
    expect(body.caps[0].words).toEqual({
      en: 'at most 1 message a calendar day of the user',
      'zh-CN': '用户当地的每个自然日最多 1 条消息',
    });
    expect((await look('GET', '/campaigns/spring/draft')).body).toMatchObject({ revision: 0, filesMissing: false });
  });

  test('happens once for a double click, with a key and without', async () => {
    const draft = await begun();
    await approve(operate, draft);
    const answers = await Promise.all([publish(operate, draft), publish(operate, draft)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404]);
    const { body: next } = await look('GET', '/campaigns/spring/draft');
    const { body: changed } = await edited(market, next, ['holdout: 0.1', 'holdout: 0.2']);
    await approve(operate, changed);
    const headers = { 'idempotency-key': 'one-click' };
    const first = await publish(operate, changed, headers);
    const second = await publish(operate, changed, headers);
    expect(second.body).toEqual(first.body);
    expect(await db('campaign_versions').where({ campaign_id: 'spring' })).toHaveLength(2);
  });

  test('is refused where another version came into force after the approval', async () => {
    await published();
    const { body: next } = await look('GET', '/campaigns/spring/draft');
    const { body: changed } = await edited(market, next, ['holdout: 0.1', 'holdout: 0.2']);
    await approve(operate, changed);
    await db.raw(`insert into campaign_versions (campaign_id, version, hash, source, definition, contents, author)
      select campaign_id, 2, 'other', source, definition, contents, 'cli:bo' from campaign_versions`);
    await db('campaigns').update({ current_version: 2 });
    expect(await publish(operate, changed)).toMatchObject({ status: 409, body: { code: 'overtaken' } });
    expect(await publish(operate, changed)).toMatchObject({ body: { code: 'approval_missing' } });
  });

  test('leaves the differences in the audit log, with who approved for how many', async () => {
    await published();
    const { body: next } = await look('GET', '/campaigns/spring/draft');
    const { body: changed } = await edited(market, next, ['holdout: 0.1', 'holdout: 0.2']);
    await approve(operate, changed, 700);
    await publish(admin, changed);
    const lines = await audit();
    const difference = { differences: [{ key: 'holdout', before: 0.1, after: 0.2 }], more: 0 };
    expect(lines.find((one) => one.action === 'draft.saved')?.details).toMatchObject(difference);
    expect(lines.at(-2)).toMatchObject({
      actor: 'console:admin',
      action: 'campaign.published',
      details: { version: 2, approval: { approver: 'console:operator', maxAudience: 700 }, ...difference },
    });
    const { body: compared } = await look('GET', '/campaigns/spring/differences?from=1&to=2');
    expect(compared.differences).toMatchObject([{ key: 'holdout', text: 'holdout: from 0.1 to 0.2' }]);
    const { body: version } = await look('GET', '/campaigns/spring/versions/2');
    expect(version.files).toEqual(changed.files);
    const { body: page } = await look('GET', '/campaigns/spring/versions?limit=1');
    const { body: rest } = await look('GET', `/campaigns/spring/versions?limit=1&cursor=${page.next}`);
    expect([...page.items, ...rest.items].map(({ version: no }) => no)).toEqual([2, 1]);
    expect((await look('GET', `/campaigns?cursor=${page.next}`)).body).toMatchObject({ code: 'cursor_foreign' });
  });
});

describe('bad input', () => {
  test('broken YAML is saved as it is and named with its line', async () => {
    const draft = await begun();
    const { status, body } = await edited(market, draft, ['holdout: 0.1', 'holdout: [0.1']);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      hash: null,
      problems: [{ severity: 'error', file: 'campaign.yaml', line: expect.any(Number) }],
    });
    expect((await look('POST', '/campaigns/spring/draft/plan')).status).toBe(422);
    expect((await look('POST', '/campaigns/spring/draft/lint')).body).toMatchObject({ publishable: false });
  });

  test('text that is being typed is linted without saving it', async () => {
    const { source, files } = await begun();
    const body = { source: source.replace('campaign: spring', 'campaign: autumn'), files, campaignId: 'spring' };
    expect((await look('POST', '/lint', { body })).body.problems).toContainEqual(
      expect.objectContaining({ rule: 'campaign-id', severity: 'error', line: 2 }),
    );
    expect((await look('POST', '/lint', { body: { source: '\0', files: {} } })).status).toBe(422);
    const outside = { source, files: { ...files, '/etc/hello.txt': 'x' } };
    expect((await look('POST', '/lint', { body: outside })).status).toBe(400);
  });

  test('a YAML of 5 MB is refused in words', async () => {
    const body = { source: '# '.padEnd(5_000_000, 'x'), files: {} };
    expect(await look('POST', '/lint', { body })).toMatchObject({ status: 413, body: { code: 'campaign_too_large' } });
  });

  test('an unknown campaign and an unknown version are not found', async () => {
    await published();
    expect((await look('GET', '/campaigns/sprung')).body).toMatchObject({ fix: 'did you mean spring?' });
    for (const path of ['/campaigns/no/draft', '/campaigns/no/audience', '/campaigns/spring/versions/9']) {
      expect((await look('GET', path)).status).toBe(404);
    }
  });
});

test('pausing, resuming and archiving hold although Temporal is down, each once', async () => {
  await published();
  const body = { reason: 'stock is out' };
  expect((await market('POST', '/campaigns/spring/pause', { body })).status).toBe(403);
  const paused = await operate('POST', '/campaigns/spring/pause', { body });
  expect(paused.body).toMatchObject({ state: 'paused', changed: true, schedule: 'later' });
  expect((await operate('POST', '/campaigns/spring/pause', { body })).body.changed).toBe(false);
  expect((await look('GET', '/campaigns')).body.items).toMatchObject([{ state: 'paused', nextRun: null }]);
  expect((await operate('POST', '/campaigns/spring/resume', { body })).body.state).toBe('active');
  expect((await operate('POST', '/campaigns/spring/archive', { body })).body.state).toBe('archived');
  expect((await audit()).at(-1)).toMatchObject({ action: 'campaign.archived', details: { reason: 'stock is out' } });
});
