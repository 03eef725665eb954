import { describe, expect, it } from 'vitest';
import { campaignSchema } from '../../src/domain/campaign.schema.ts';
import { buildContents } from '../../src/templates/contents.ts';
import { checkHtml } from '../../src/templates/html-checks.ts';
import { inspectTemplate } from '../../src/templates/inspect-template.ts';
import { createRenderer } from '../../src/templates/render.ts';

const footer =
  '<mj-section><mj-column><mj-text>{{company.postalAddress}} <a href="{{unsubscribeUrl}}">Out</a></mj-text></mj-column></mj-section>';

function mjml(body: string): string {
  return `<mjml>\n<mj-body>\n<mj-section><mj-column>\n${body}\n</mj-column></mj-section>\n${footer}\n</mj-body>\n</mjml>`;
}

function campaignWith(contents: Record<string, unknown>, change: Record<string, unknown> = {}) {
  return campaignSchema.parse({
    campaign: 'test',
    name: { en: 'Test' },
    timezone: 'UTC',
    locales: ['en'],
    audience: {},
    policy: { lo: 0.5 },
    holdout: 0.1,
    actions: [
      {
        id: 'a',
        kind: 'coupon',
        arms: [{ id: 'b', share: 1, steps: [{ channels: Object.keys(contents), contents }] }],
      },
    ],
    goal: { event: 'purchase' },
    returnEvents: ['visit'],
    schedule: { at: '10:00' },
    links: { shop: 'https://shop.example/' },
    ...change,
  });
}

function build(contents: Record<string, unknown>, files: Record<string, string> = {}, change = {}) {
  return buildContents(
    campaignWith(contents, change),
    (name) => (name in files ? Promise.resolve(files[name] ?? '') : Promise.reject(new Error('ENOENT'))),
    { attributes: [{ name: 'name' }, { name: 'level' }] },
  );
}

const email = { subject: { en: 'Hello' }, mjml: 'mail.mjml' };
const where = (built: Awaited<ReturnType<typeof build>>) =>
  built.problems.map((each) => `${each.path.slice(6).join('.')} ${each.file ?? ''}:${each.line ?? ''} ${each.what}`);

describe('building e-mails', () => {
  it('compiles MJML once to HTML with its variables, and makes a text part of it', async () => {
    const { contents, problems } = await build(
      { email: { ...email, preheader: { en: 'A & {{default user.name "you"}}' } } },
      {
        'mail.mjml': mjml(
          '<mj-text>Dear {{default user.name "you"}}</mj-text><mj-button href="{{links.shop}}">Go</mj-button>',
        ),
      },
    );
    expect(problems).toEqual([]);
    const stored = contents['a/b/1']?.email?.['en'];
    expect(stored?.html).toContain('A &amp; {{default user.name "you"}}');
    expect(stored?.html).toContain('href="{{links.shop}}"');
    expect(stored?.html).not.toContain('fonts.googleapis');
    expect(stored?.text).toContain('Go [{{links.shop}}]');
    expect(stored?.text).toContain('[{{unsubscribeUrl}}]');
    const rendered = createRenderer({ contents, locales: ['en'] }).render({
      action: 'a',
      arm: 'b',
      step: 1,
      channel: 'email',
      facts: {
        locale: 'en',
        user: {},
        warning: { segment: 's', reasons: [] },
        coupon: null,
        company: { name: 'C', postalAddress: '1 Street' },
        links: { shop: 'https://r.example/l/x' },
        unsubscribeUrl: 'https://r.example/u/x',
        preferencesUrl: 'https://r.example/p/x',
        surveyUrl: 'https://r.example/s/x',
      },
    });
    expect(rendered).toMatchObject({ html: expect.stringContaining('Dear you') });
  });

  it('names the file and line of a fault, in the mail itself and in what it includes', async () => {
    const { problems } = await build(
      { email },
      {
        'mail.mjml': mjml(
          '<mj-text>{{user.nme}}</mj-text>\n<mj-include path="part.{locale}.mjml"/>\n<mj-buton>x</mj-buton>',
        ),
        'part.en.mjml': '<mj-text>\n{{links.shopp}}\n</mj-text>',
      },
    );
    expect(problems.map((each) => [each.file, each.line, each.what])).toEqual([
      ['mail.mjml', 4, 'unknown variable "user.nme"'],
      ['part.en.mjml', 2, 'unknown variable "links.shopp"'],
      ['mail.mjml', 6, "mj-buton: Element mj-buton doesn't exist or is not registered"],
    ]);
  });

  it('refuses a mail without an opt-out or a postal address that everybody sees, in HTML and in text', async () => {
    const hidden =
      '<mjml><mj-body><mj-section><mj-column><mj-text>{{#if coupon}}{{company.postalAddress}} <a href="{{unsubscribeUrl}}">x</a>{{/if}}</mj-text></mj-column></mj-section></mj-body></mjml>';
    const built = await build({ email: { ...email, text: 'mail.txt' } }, { 'mail.mjml': hidden, 'mail.txt': 'Hi' });
    expect(where(built)).toEqual([
      'contents.email.mjml mail.mjml: there is no link to unsubscribe that every reader sees',
      'contents.email.mjml mail.mjml: there is no postal address that every reader sees',
      'contents.email.text mail.txt: there is no link to unsubscribe that every reader sees',
      'contents.email.text mail.txt: there is no postal address that every reader sees',
    ]);
  });

  it('says which locale, file or channel has no text', async () => {
    const built = await build({ email }, {}, { locales: ['en', 'zh-CN'] });
    expect(where(built)).toEqual([
      'contents.email.subject : there is no email subject in zh-CN',
      'contents.email.mjml : the file mail.mjml cannot be read',
      'contents.email.mjml : the file mail.mjml cannot be read',
    ]);
    const campaign = campaignWith({ sms: { text: { en: 'Reply STOP to opt out' } } });
    campaign.actions[0]?.arms[0]?.steps[0]?.channels.push('push');
    const { problems } = await buildContents(campaign, () => Promise.reject(new Error('none')));
    expect(problems[0]).toMatchObject({
      path: ['actions', 0, 'arms', 0, 'steps', 0, 'channels', 1],
      severity: 'error',
    });
  });

  it('refuses a code that the arm does not give, unless the text can do without', async () => {
    const text = (words: string) => ({ sms: { text: { en: `${words} Reply STOP to opt out` } } });
    expect(where(await build(text('Code {{coupon}}.')))).toEqual([
      'contents.sms : the text names {{coupon}}, but the arm gives no code',
    ]);
    expect(where(await build(text('{{#if coupon}}Code {{coupon}}.{{/if}}')))).toEqual([]);
  });
});

describe('SMS and push', () => {
  it('refuses an SMS without opt-out words, in both languages, and warns of a fourth segment', async () => {
    expect(where(await build({ sms: { text: { en: 'We miss you' } } }))).toEqual([
      'contents.sms.text.en : the SMS does not say how to opt out',
    ]);
    expect((await build({ sms: { text: { en: '好久不见，回复T退订' } } })).problems).toEqual([]);
    const long = await build({ sms: { text: { en: `${'想你'.repeat(110)}回T退订` } } });
    expect(long.problems).toMatchObject([{ severity: 'warning', what: expect.stringContaining('4 segments') }]);
  });

  it('opens the first link where a push names none, and refuses other schemes', async () => {
    const push = { title: { en: 'Hi' }, body: { en: 'New' } };
    const { contents } = await build({ push });
    expect(contents['a/b/1']?.push?.['en']?.url).toBe('{{links.shop}}');
    const bad = await build({ push: { ...push, url: 'javascript:alert(1)' } });
    expect(bad.problems).toMatchObject([{ severity: 'error', what: expect.stringContaining('no http(s) address') }]);
  });

  it('warns of what phones cut off and refuses more than push services take', async () => {
    const { problems } = await build({ push: { title: { en: 'x'.repeat(66) }, body: { en: '长'.repeat(1_300) } } });
    expect(problems.map((each) => each.severity)).toEqual(['warning', 'warning', 'error']);
  });
});

describe('templates as data', () => {
  const vocabulary = { attributes: new Set(['level']), links: new Set(['shop']) };
  const faults = (source: string) => inspectTemplate(source, vocabulary).findings.map((each) => each.what);

  it.each([
    ['{{{user.level}}}', 'a value is printed without escaping'],
    ['{{&user.level}}', 'a value is printed without escaping'],
    ['{{> footer}}', 'partials and decorators are not available in templates'],
    ['{{lookup user "level"}}', 'there is no helper "lookup"'],
    ['{{#with user}}x{{/with}}', 'there is no block helper "with"'],
    ['{{#if user.level}}', 'the template cannot be read'],
    ['{{user.constructor}}', 'unknown variable "user.constructor"'],
    ['{{@root.user}}', 'unknown variable "@root.user"'],
    ['{{user}}', 'unknown variable "user"'],
    ['{{default user.level}}', 'default takes 2 value(s), not 1'],
    ['{{user.level}}', '"user.level" is missing for some users'],
    ['{{number user.level}}', '"user.level" is missing for some users'],
    ['{{#if user.level}}x{{else}}{{user.level}}{{/if}}', '"user.level" is missing for some users'],
    ['{{#each warning.reasons}}{{coupon}}{{/each}}', 'unknown variable "coupon"'],
  ])('%s is a fault', (source, what) => {
    expect(faults(source)[0]).toContain(what);
  });

  it.each([
    '{{default user.level 1}}',
    '{{#if user.level}}{{user.level}}{{/if}}',
    '{{#unless user.level}}x{{else}}{{number user.level}}{{/unless}}',
    '{{#if (eq user.level 3)}}{{user.level}}{{/if}}',
    '{{#each warning.reasons}}{{this}} {{../company.name}} {{@index}}{{/each}}',
    '{{user.userId}} {{links.shop}} {{coupon}} {{warning.segment}}',
  ])('%s is none', (source) => {
    expect(faults(source)).toEqual([]);
  });
});

describe('where variables stand in HTML', () => {
  it.each([
    '<a href="javascript:{{user.x}}">x</a>',
    '<a href="{{user.x}}">x</a>',
    '<a href="https://{{user.x}}/">x</a>',
    '<a href="https://shop.example/?q={{user.x}}">x</a>',
    '<a href="{{links.shop}}{{user.x}}">x</a>',
    '<a href="data:text/html,x">x</a>',
    '<a href="//shop.example">x</a>',
    '<img src={{user.x}}>',
    '<p title={{user.x}}>x</p>',
    '<p style="color:{{user.x}}">x</p>',
    '<p onclick="f(\'{{user.x}}\')">x</p>',
    '<p {{user.x}}="1">x</p>',
    '<{{user.x}}>x</p>',
    '<style>p { color: {{user.x}} }</style>',
    '<script>1</script>',
    '<!--[if mso]>{{user.x}}<![endif]-->',
  ])('%s is refused', (html) => {
    expect(checkHtml(html).findings.map((each) => each.severity)).toContain('error');
  });

  it.each([
    '<a href="{{links.shop}}">x</a>',
    '<a href="{{unsubscribeUrl}}">x</a>',
    '<p title="{{user.x}}">{{user.x}}</p>',
    '<img src="https://cdn.example/{{url user.x}}.png" alt="{{user.x}}">',
  ])('%s passes', (html) => {
    expect(checkHtml(html).findings).toEqual([]);
  });

  it('warns of a link whose clicks nobody counts', () => {
    expect(checkHtml('<a href="https://shop.example/">x</a>').findings).toMatchObject([{ severity: 'warning' }]);
  });
});
