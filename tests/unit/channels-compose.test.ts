import { generateKeyPairSync } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import PostalMime, { type Email } from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { compose, type EmailContent } from '../../src/channels/email/compose.ts';
import { createSigner } from '../../src/channels/email/dkim.ts';

const DELIVERY = '6f6d2b3a-0b0a-5c3e-9d53-0d3b3f6d1c11';
const DATE = new Date('2026-03-01T08:00:00Z');

const base: EmailContent = {
  channel: 'email',
  from: { name: 'Example Company', address: 'hello@example.com' },
  to: { name: 'Li Wei', address: 'li@example.net' },
  subject: 'We kept your place',
  html: '<p>Come back</p>\n',
  text: 'Come back\n',
  unsubscribeUrl: 'https://example.com/u/token',
  unsubscribeMailto: 'mailto:unsubscribe@example.com?subject=token',
};

function ours(content: Partial<EmailContent>): Buffer {
  const whole = { ...base, ...content };
  return compose({ content: whole, messageId: `${DELIVERY}@example.com`, deliveryId: DELIVERY, date: DATE });
}

/** What nodemailer itself would send for the same message. */
function theirs(content: Partial<EmailContent>): Promise<Buffer> {
  const { from, to, subject, html, text, unsubscribeUrl, unsubscribeMailto } = { ...base, ...content };
  const mail = new MailComposer({
    from,
    to,
    subject,
    html,
    text,
    messageId: `<${DELIVERY}@example.com>`,
    date: DATE,
    headers: {
      'List-Unsubscribe': `<${unsubscribeUrl}>, <${unsubscribeMailto}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  });
  return mail.compile().build();
}

const SHOWN = [
  'from',
  'to',
  'subject',
  'message-id',
  'date',
  'mime-version',
  'list-unsubscribe',
  'list-unsubscribe-post',
];

function essence(mail: Email) {
  const headers = mail.headers
    .filter((one) => SHOWN.includes(one.key))
    .map((one) => [one.key, one.value.replace(/\s+/g, ' ')])
    .toSorted(([a = ''], [b = '']) => a.localeCompare(b));
  const { from, to, subject, date, messageId, attachments } = mail;
  return {
    headers,
    from,
    to,
    subject,
    date,
    messageId,
    text: mail.text?.trimEnd(),
    html: mail.html?.trimEnd(),
    attachments,
  };
}

describe('composed mail reads like what nodemailer sends', () => {
  const rows: [string, Partial<EmailContent>][] = [
    ['plain text', {}],
    [
      'Chinese subject, name and body',
      {
        subject: '我们为你保留了位置，欢迎回来看看新内容',
        to: { name: '李伟', address: 'li@example.net' },
        text: '亲爱的李伟，欢迎回来。\n'.repeat(30),
        html: `<p>${'欢迎回来'.repeat(80)}</p>`,
      },
    ],
    [
      'accents and an emoji',
      { subject: 'Déjà vu — 20 % off 🎉', text: 'Crème brûlée 🎉\n', html: '<p>Crème brûlée 🎉</p>' },
    ],
    ['a name with a comma and quotes', { to: { name: 'Wei, "Lee" Li', address: 'li@example.net' } }],
    ['a very long subject', { subject: 'a rather long subject line that goes on and on '.repeat(6).trim() }],
    ['long lines', { html: `<p>${'x'.repeat(3000)} ${'y z '.repeat(700)}</p>`, text: 'w '.repeat(2000) }],
    ['lines that begin with dots', { text: '.\n..\n.hidden\nend\n', html: '.\n<p>.</p>\n..\n' }],
    ['trailing spaces and tabs', { text: 'a \t\nb  \n', html: '<p>a</p> \n\t\n' }],
    [
      'equal signs and "From " at the line start',
      { text: 'From me\na=b==c\n=41\n', html: '<a href="https://e.com/?a=1&b=2">x</a>' },
    ],
    ['mixed line ends', { text: 'a\r\nb\nc\rd\n' }],
    ['an empty text', { text: '' }],
    ['long unsubscribe links', { unsubscribeUrl: `https://example.com/u/${'t'.repeat(300)}` }],
  ];
  it.each(rows)('%s', async (_name, content) => {
    const [mine, reference] = [ours(content), await theirs(content)];
    const [parsed, expected] = [await PostalMime.parse(mine), await PostalMime.parse(reference)];
    const normal = (mail: Email) => ({
      ...mail,
      text: mail.text?.replace(/\r\n?/g, '\n') ?? '',
      html: mail.html?.replace(/\r\n?/g, '\n') ?? '',
    });
    expect(essence(normal(parsed))).toEqual(essence(normal(expected)));
  });

  it('keeps every line within the limits and in ASCII', () => {
    const source = ours({
      subject: '我'.repeat(200),
      html: `<p>${'x'.repeat(5000)}</p>`,
      text: '你'.repeat(2000),
    }).toString('latin1');
    const lines = source.split('\r\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(78);
    expect([...source].every((sign) => /[\t\r\n -~]/.test(sign))).toBe(true);
    expect(source.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });
});

describe('composed mail cannot be widened', () => {
  it.each([
    ['the subject', { subject: 'hi\r\nBcc: eve@example.org' }],
    ['the name', { to: { name: 'Li\r\nBcc: eve@example.org', address: 'li@example.net' } }],
    ['the unsubscribe link', { unsubscribeUrl: 'https://e.com/\r\nBcc: eve@example.org' }],
  ])('line breaks in %s stay in their header', async (_name, content) => {
    const mail = await PostalMime.parse(ours(content));
    expect(mail.bcc).toBeUndefined();
    expect(mail.headers.some((one) => one.key === 'bcc')).toBe(false);
  });

  it('a body that looks like a boundary stays a body', async () => {
    const mail = await PostalMime.parse(ours({ text: `--=_${DELIVERY}--\nstill here\n` }));
    expect(mail.text).toContain('still here');
    expect(mail.html).toContain('Come back');
  });
});

describe('DKIM', () => {
  it('signs both unsubscribe headers and leaves the message as it was', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const source = ours({});
    const signed = await createSigner({ domain: 'example.com', selector: 's1', privateKey: pem })(source);
    const header = signed
      .subarray(0, signed.length - source.length)
      .toString()
      .replace(/\r\n\s/g, '');
    expect(signed.subarray(signed.length - source.length).equals(source)).toBe(true);
    expect(header).toMatch(/^DKIM-Signature: v=1; a=rsa-sha256; c=relaxed\/relaxed; ?d=example\.com;/);
    expect(header).toMatch(/h=[^;]*list-unsubscribe:list-unsubscribe-post/);
  });

  it('refuses a key that cannot be read', () => {
    const dkim = { domain: 'example.com', selector: 's1', privateKey: 'no key' };
    expect(() => createSigner(dkim)).toThrow('the DKIM private key cannot be read');
  });
});
