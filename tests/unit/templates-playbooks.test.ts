import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { campaignSchema, type Campaign } from '../../src/domain/campaign.schema.ts';
import { buildContents } from '../../src/templates/contents.ts';
import type { RenderedContent, RenderFacts, Renderer } from '../../src/templates/facts.ts';
import { checkHtml } from '../../src/templates/html-checks.ts';
import { smsSegments } from '../../src/templates/message-limits.ts';
import { createRenderer } from '../../src/templates/render.ts';

const folder = 'src/campaigns';
const playbooks = readdirSync(folder).filter((name) => readdirSync(join(folder, name)).includes('campaign.yaml'));
const ATTRIBUTES = [
  'name',
  'purchases',
  'price_level',
  'favourite_brand',
  'favourite_genre',
  'episodes_left',
  'level',
  'level_fails',
  'content_done',
  'member_since',
  'lifetime_value',
  'last_visit',
  'manager',
].map((name) => ({ name }));

const KNOWN: RenderFacts['user'] = {
  userId: 'u-1',
  name: '<b>Ann</b> & Co\r\nBcc: x',
  purchases: 4,
  price_level: 'mid',
  favourite_brand: 'Nordwind',
  favourite_genre: 'drama',
  episodes_left: 3,
  level: 42,
  level_fails: 11,
  content_done: true,
  member_since: '2021-05-04',
  lifetime_value: 12345,
  last_visit: '2026-01-31T10:00:00Z',
  manager: 'Lei Li',
};

type Opened = Awaited<ReturnType<typeof build>>;
const opened = new Map<string, Promise<Opened>>();

function open(playbook: string): Promise<Opened> {
  const known = opened.get(playbook) ?? build(playbook);
  opened.set(playbook, known);
  return known;
}

async function build(playbook: string) {
  const campaign = campaignSchema.parse(parse(readFileSync(join(folder, playbook, 'campaign.yaml'), 'utf8')));
  const built = await buildContents(campaign, (name) => readFile(join(folder, playbook, name), 'utf8'), {
    attributes: ATTRIBUTES,
  });
  return { campaign, ...built, renderer: createRenderer({ contents: built.contents, locales: campaign.locales }) };
}

function factsFor(campaign: Campaign, locale: string, user: RenderFacts['user']): RenderFacts {
  return {
    locale,
    user,
    warning: { segment: 'shopper', reasons: ['price', 'competitor'] },
    coupon: 'CODE-7KQ2',
    company: { name: 'Example Company', postalAddress: '1 Example Street' },
    links: Object.fromEntries(
      Object.keys(campaign.links).map((name) => [name, `https://r.example/l/${name}-${'x'.repeat(36 - name.length)}`]),
    ),
    unsubscribeUrl: 'https://r.example/u/token',
    preferencesUrl: 'https://r.example/p/token',
    surveyUrl: 'https://r.example/s/token',
  };
}

function eachMessage(campaign: Campaign, renderer: Renderer, facts: RenderFacts): [string, RenderedContent][] {
  return campaign.actions.flatMap((action) =>
    action.arms.flatMap((arm) =>
      arm.steps.flatMap(({ channels }, i) =>
        channels.map((channel): [string, RenderedContent] => [
          `${action.id}/${arm.id}/${i + 1} ${channel}`,
          renderer.render({ action: action.id, arm: arm.id, step: i + 1, channel, facts }),
        ]),
      ),
    ),
  );
}

function printed([name, content]: [string, RenderedContent]): string {
  switch (content.channel) {
    case 'email':
      return `=== ${name}\nSubject: ${content.subject}\n\n${content.text}\n--- links of the HTML\n${hrefs(content.html).join('\n')}\n`;
    case 'sms':
      return `=== ${name} (${smsSegments(content.text)} segments)\n${content.text}\n`;
    case 'push':
      return `=== ${name}\n${content.title}\n${content.body}\n${content.url}\n`;
    case 'task':
      return `=== ${name} due in ${content.dueIn}\n${content.title}\n${content.body}`;
  }
}

function hrefs(html: string): string[] {
  return [...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1] ?? '');
}

describe.each(playbooks)('the playbook %s', (playbook) => {
  it('has texts without faults in both languages', async () => {
    const { campaign, problems } = await open(playbook);
    expect(problems).toEqual([]);
    expect(campaign.campaign).toBe(playbook);
    expect(campaign.locales).toEqual(['zh-CN', 'en']);
  });

  it.each(['zh-CN', 'en'])('says in %s what it said before, to users we know and users we do not', async (locale) => {
    const { campaign, renderer } = await open(playbook);
    const known = eachMessage(campaign, renderer, factsFor(campaign, locale, KNOWN)).map(printed);
    const unknown = eachMessage(campaign, renderer, factsFor(campaign, locale, { userId: 'u-2' })).map(printed);
    await expect(
      ['##### with every attribute', ...known, '##### with none', ...unknown].join('\n'),
    ).toMatchFileSnapshot(`golden/playbooks/${playbook}.${locale}.txt`);
  });

  it('lets no value of a user become HTML, a link or a header', async () => {
    const { campaign, renderer } = await open(playbook);
    for (const locale of campaign.locales) {
      for (const [, content] of eachMessage(campaign, renderer, factsFor(campaign, locale, KNOWN))) {
        if (content.channel !== 'email') continue;
        expect(content.html).not.toContain('<b>Ann');
        expect(content.subject).not.toMatch(/[\r\n]/);
        expect(hrefs(content.html).every((href) => href.startsWith('https://r.example/'))).toBe(true);
        expect(checkHtml(content.html).findings.filter((finding) => finding.severity === 'error')).toEqual([]);
        expect(content.html).toContain(`lang="${locale}"`);
        expect(Buffer.byteLength(content.html)).toBeLessThan(20_000);
      }
    }
  });
});

describe('the playbooks together', () => {
  it('are at least four, with campaigns of their own', () => {
    expect(playbooks.length).toBeGreaterThanOrEqual(4);
  });

  it('keep SMS within two segments', async () => {
    for (const playbook of playbooks) {
      const { campaign, renderer } = await open(playbook);
      for (const locale of campaign.locales) {
        for (const [name, content] of eachMessage(campaign, renderer, factsFor(campaign, locale, KNOWN))) {
          if (content.channel === 'sms')
            expect([name, smsSegments(content.text)]).toEqual([name, expect.toSatisfy((n) => n <= 2)]);
        }
      }
    }
  });
});
