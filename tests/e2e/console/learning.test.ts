import { afterAll, beforeAll, expect, test } from 'vitest';
import { results } from '../../../src/app/results.ts';
import { insertProposal } from '../../../src/db/queries/proposals.ts';
import { proposeThresholds } from '../../../src/app/thresholds.ts';
import { faultsOf } from '../../support/console/look-over.ts';
import { startConsole, type RunningConsole } from '../../support/console/open-console.ts';
import { freshDatabase } from '../../support/database.ts';
import { aLearningWorld } from '../../support/learning-world.ts';

const { db } = await freshDatabase();
let running: RunningConsole;
let proposalNo = 0;

beforeAll(async () => {
  const world = await aLearningWorld(db, {
    segments: [
      { segment: 'keen', usersPerWeek: 300, goal: (_band, treated) => (treated ? 0.5 : 0.1), unsubscribe: () => 0 },
    ],
  });
  await world.live(0);
  const now = world.learnAt(0);
  await results({ db, campaign: 'learn', asOf: now, now, by: 'segment', actor: 'test' });
  const cycle = await proposeThresholds({ db, campaignId: 'learn', asOf: undefined, now, actor: 'test' });
  const from = { lo: 0.5, hi: 1, treatByBand: null, armShares: { mail: 1 } };
  const proposal = {
    segment: 'keen',
    action: 'offer',
    kind: 'extend_lo' as const,
    from,
    to: { ...from, lo: 5 / 12 },
    delta: { value: 10_000, low: 1_000, high: 19_000 },
    chance: 0.97,
    usersPerWeek: 25,
    costPerWeek: 3_000,
    sentence: 'Treating scores from 0.417 too pays.',
  };
  const { cycleNo } = cycle;
  proposalNo = await insertProposal(db, {
    cycleNo,
    campaignId: 'learn',
    policySegment: '*',
    policyVersion: 1,
    proposal,
  });
  running = await startConsole(db, { now: () => now });
}, 120_000);
afterAll(() => running.close());

test('results say first whether they can be trusted, then the verdict, then the arms on one axis', async () => {
  const { page, context, complaints } = await running.open('viewer', { path: '/results/learn' });
  await page.getByRole('heading', { name: 'Can it be trusted?' }).waitFor();
  const headings = await page.getByRole('heading', { level: 2 }).allTextContents();
  expect(headings.slice(0, 3)).toEqual(['Can it be trusted?', 'Verdict', 'What to do']);
  await page
    .getByRole('img', { name: /^\+[\d.]+ pp/ })
    .first()
    .waitFor();
  expect(await page.getByRole('button', { name: 'Read now' }).count()).toBe(0);
  expect(complaints).toEqual([]);
  await context.close();
});

test('a marketer accepts a proposal, sees it in force, and takes it back', async () => {
  const { page, context } = await running.open('marketer', { path: '/thresholds/learn' });
  const proposal = page.getByRole('article', { name: `Proposal ${proposalNo}` });
  await proposal.getByRole('button', { name: 'Accept' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why').fill('the evidence is clear');
  await dialog.getByRole('button', { name: 'Accept', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  const line = page
    .getByRole('row')
    .filter({ hasText: `${proposalNo} · keen` })
    .filter({ hasText: 'in force' });
  await line.getByText('the evidence is clear').waitFor();
  await line.getByRole('button', { name: 'Take back' }).click();
  await dialog.getByLabel('Why').fill('too early');
  await dialog.getByRole('button', { name: 'Take back', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  const decisions = await db('threshold_decisions')
    .where({ proposal_no: proposalNo })
    .orderBy('at')
    .select('decision', 'actor');
  expect(decisions).toEqual([
    { decision: 'applied', actor: 'console:marketer' },
    { decision: 'reverted', actor: 'console:marketer' },
  ]);
  await context.close();
});

test('results, thresholds and retrospective please axe, fit a phone and are there in both languages, empty and full', async () => {
  const paths = ['/results', '/results/learn', '/thresholds/learn', '/retrospective?from=2026-01-01&to=2026-12-31'];
  for (const path of [...paths, '/retrospective?from=2020-01-01&to=2020-01-31', '/retrospective?wave=1']) {
    expect({ path, faults: await faultsOf(running, { role: 'operator', path }) }).toEqual({ path, faults: [] });
  }
}, 240_000);
