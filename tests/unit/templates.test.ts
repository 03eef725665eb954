import { describe, expect, it } from 'vitest';
import type { RenderFacts, StoredContents } from '../../src/templates/facts.ts';
import { createRenderer, RenderError } from '../../src/templates/render.ts';
import { trackedLinks, unsubscribeUrl } from '../../src/templates/recipient-urls.ts';
import { linkToken, readLinkToken, readUnsubscribeToken, unsubscribeToken } from '../../src/templates/tokens.ts';

const deliveryId = '6f1b6bd2-6f0e-5c3a-9c5e-0123456789ab';

function someFacts(change: Partial<RenderFacts> = {}): RenderFacts {
  return {
    locale: 'en',
    user: { userId: 'u-1', name: 'Ann', member_since: '2024-03-01', lifetime_value: 12345.5 },
    warning: { segment: 'shopper', reasons: ['price', 'competitor'] },
    coupon: 'CODE-1',
    company: { name: 'Example', postalAddress: '1 Street' },
    links: { shop: 'https://r.example/l/abc' },
    unsubscribeUrl: 'https://r.example/u/abc',
    preferencesUrl: 'https://r.example/p/abc',
    surveyUrl: 'https://r.example/s/abc',
    ...change,
  };
}

function render(texts: { subject?: string; html?: string; text?: string }, facts = someFacts()) {
  const contents: StoredContents = {
    'a/b/1': { email: { en: { subject: 's', html: 'h', text: 't', ...texts } } },
  };
  const content = createRenderer({ contents, locales: ['en'] }).render({
    action: 'a',
    arm: 'b',
    step: 1,
    channel: 'email',
    facts,
  });
  if (content.channel !== 'email') throw new Error('not an e-mail');
  return content;
}

describe('tokens', () => {
  it('read back what they were made for', () => {
    expect(readUnsubscribeToken('key', unsubscribeToken('key', deliveryId))).toBe(deliveryId);
    for (const linkNo of [0, 1, 255, 256, 65_536, 16_777_216, 4_294_967_295]) {
      expect(readLinkToken('key', linkToken('key', { deliveryId, linkNo }))).toEqual({ deliveryId, linkNo });
    }
  });

  it('are refused with another key, one character changed, another spelling, or for another purpose', () => {
    const token = unsubscribeToken('key', deliveryId);
    expect(readUnsubscribeToken('other', token)).toBeNull();
    expect(readLinkToken('key', token)).toBeNull();
    expect(readUnsubscribeToken('key', linkToken('key', { deliveryId, linkNo: 1 }))).toBeNull();
    for (let i = 0; i < token.length; i++) {
      const changed = token.slice(0, i) + (token[i] === 'A' ? 'B' : 'A') + token.slice(i + 1);
      expect(readUnsubscribeToken('key', changed)).toBeNull();
    }
    for (const spelling of [`${token}=`, ` ${token}`, `${token}A`, token.slice(0, -1), '', '%00', 'é'.repeat(40)]) {
      expect(readUnsubscribeToken('key', spelling)).toBeNull();
    }
  });

  it('make short URLs without a doubled slash', () => {
    const links = trackedLinks({ secret: 'key', publicUrl: 'https://r.example/', deliveryId, links: { shop: 7 } });
    expect(links['shop']).toMatch(/^https:\/\/r\.example\/l\/[\w-]{36}$/);
    expect(unsubscribeUrl({ secret: 'key', publicUrl: 'https://r.example', deliveryId })).toMatch(/\/u\/[\w-]{43}$/);
  });
});

describe('rendering', () => {
  it('escapes values in HTML, in text and in attributes, and leaves text parts as they are', () => {
    const facts = someFacts({ user: { name: `"><script>alert('x')</script>` } });
    const content = render({ html: '<p title="{{user.name}}">{{user.name}}</p>', text: '{{user.name}}' }, facts);
    expect(content.html).not.toMatch(/<script|title=""/);
    expect(content.html).toContain('&quot;&gt;&lt;script&gt;');
    expect(content.text).toBe(`"><script>alert('x')</script>`);
  });

  it('keeps a value from adding a header, a line or a hidden character', () => {
    const facts = someFacts({ user: { name: 'Ann\r\nBcc: all@example.com\u0000\u202e' } });
    const content = render(
      { subject: 'Hi {{user.name}}', text: 'Hi {{user.name}}\nBye', html: '{{user.name}}' },
      facts,
    );
    expect(content.subject).toBe('Hi Ann Bcc: all@example.com');
    expect(content.text).toBe('Hi Ann Bcc: all@example.com\nBye');
    expect(content.html).toBe('Ann Bcc: all@example.com');
  });

  it('makes one line of a subject that the template breaks', () => {
    expect(render({ subject: 'Hi\r\n{{user.name}}' }).subject).toBe('Hi Ann');
  });

  it('refuses to render without a fact, naming the variable but no value of the user', () => {
    const secret = someFacts({ user: { name: 'Secret Name' } });
    expect(() => render({ html: '{{user.level}}' }, secret)).toThrow(new RenderError('email a/b/1 en', 'level'));
    try {
      render({ html: '{{user.name.first}}' }, secret);
      expect.unreachable();
    } catch (error) {
      expect(String(error)).not.toContain('Secret');
    }
  });

  it('counts null as missing', () => {
    const facts = someFacts({ user: { name: null }, coupon: null });
    expect(render({ text: `{{default user.name 'friend'}}{{#if coupon}}!{{/if}}` }, facts).text).toBe('friend');
    expect(() => render({ text: '{{coupon}}' }, facts)).toThrow(/coupon/);
    expect(() => render({ text: '{{user.name}}' }, facts)).toThrow(/name/);
  });

  it('gives no way to the prototype, to functions or to other helpers', () => {
    for (const path of ['user.constructor', 'user.__proto__', 'user.toString']) {
      expect(render({ text: `[{{${path}}}]` }).text).toBe('[]');
    }
    expect(() => render({ text: '{{constructor.name}}' })).toThrow(RenderError);
    expect(() => render({ text: '{{lookup user "name"}}' })).toThrow(RenderError);
    expect(() => render({ text: '{{log user}}' })).toThrow(RenderError);
  });

  it('formats dates and numbers in the language of the text, and encodes URL parts', () => {
    const text = '{{date user.member_since}} {{number user.lifetime_value}} {{url user.name}}';
    const contents: StoredContents = { 'a/b/1': { sms: { en: { text }, 'zh-CN': { text } } } };
    const renderer = createRenderer({ contents, locales: ['zh-CN', 'en'] });
    const facts = someFacts({ user: { member_since: '2024-03-01', lifetime_value: 12345.5, name: 'a&b /' } });
    const say = (locale: string) =>
      renderer.render({ action: 'a', arm: 'b', step: 1, channel: 'sms', facts: { ...facts, locale } });
    expect(say('en')).toEqual({ channel: 'sms', text: 'March 1, 2024 12,345.5 a%26b%20%2F' });
    expect(say('zh-CN')).toEqual({ channel: 'sms', text: '2024年3月1日 12,345.5 a%26b%20%2F' });
  });

  it('picks the same locale, else the same language, else the first', () => {
    const { pickLocale } = createRenderer({ contents: {}, locales: ['zh-CN', 'en'] });
    expect(['en', 'en-GB', 'zh_CN', 'zh-TW', 'fr', '', null].map(pickLocale)).toEqual([
      'en',
      'en',
      'zh-CN',
      'zh-CN',
      'zh-CN',
      'zh-CN',
      'zh-CN',
    ]);
  });

  it('formats in the language of the text for users whose locale is none', () => {
    const contents: StoredContents = { 'a/b/1': { sms: { en: { text: '{{number user.lifetime_value}}' } } } };
    const renderer = createRenderer({ contents, locales: ['en'] });
    const facts = someFacts({ locale: 'not a locale', user: { lifetime_value: 1234 } });
    expect(renderer.render({ action: 'a', arm: 'b', step: 1, channel: 'sms', facts })).toMatchObject({ text: '1,234' });
  });

  it('says which text is not there', () => {
    const renderer = createRenderer({ contents: {}, locales: ['en'] });
    expect(() => renderer.render({ action: 'a', arm: 'b', step: 2, channel: 'push', facts: someFacts() })).toThrow(
      'push a/b/2 en',
    );
  });
});
