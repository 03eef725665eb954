import { describe, expect, it } from 'vitest';
import { fromTopic, toTopic } from '../../src/channels/delivery-id.ts';
import { readSmtpUrl } from '../../src/channels/email/smtp-url.ts';
import { scrub } from '../../src/channels/evidence.ts';
import { readRetryAfter } from '../../src/channels/retry-after.ts';
import { createSlots } from '../../src/channels/slots.ts';

describe('SMTP_URL', () => {
  it('insists on TLS unless it says otherwise', () => {
    expect(readSmtpUrl('smtp://u:p%40ss@mail.example.com')).toMatchObject({
      host: 'mail.example.com',
      port: 587,
      secure: false,
      requireTLS: true,
      ignoreTLS: false,
      auth: { user: 'u', pass: 'p@ss' },
    });
    expect(readSmtpUrl('smtps://mail.example.com')).toMatchObject({ port: 465, secure: true, requireTLS: false });
    expect(readSmtpUrl('smtp://localhost:25?starttls=off')).toMatchObject({ requireTLS: false, ignoreTLS: true });
  });

  it.each(['mail.example.com', 'http://mail.example.com', 'smtp://', 'smtp://h?starttls=maybe'])(
    'refuses %s with the fix and without its password',
    (url) => {
      expect(() => readSmtpUrl(url)).toThrow(expect.objectContaining({ type: 'BadInput', fix: expect.any(String) }));
    },
  );
});

describe('what providers say', () => {
  it('loses addresses, numbers and links', () => {
    const said = '550 5.1.1 <li@example.net> +86 138 0013 8000 unknown,\r\n see https://mail.example/x?u=li';
    expect(scrub(said)).toBe('550 5.1.1 <address> <number> unknown, see <link>');
  });

  it('is read as seconds or as a date, else not at all', () => {
    expect(readRetryAfter('7')).toBe(7000);
    expect(readRetryAfter(new Date(Date.now() + 60_000).toUTCString())).toBeGreaterThan(55_000);
    expect(readRetryAfter('soon')).toBeUndefined();
    expect(readRetryAfter(undefined)).toBeUndefined();
  });
});

describe('a delivery id', () => {
  it('travels in a Topic of at most 32 characters and back', () => {
    const id = '6f6d2b3a-0b0a-5c3e-9d53-0d3b3f6d1c11';
    expect(toTopic(id)).toMatch(/^[\w-]{1,32}$/);
    expect(fromTopic(toTopic(id))).toBe(id);
    expect(fromTopic('foreign')).toBeNull();
  });
});

describe('slots', () => {
  it('are never used by more than one, and never made in excess', async () => {
    let made = 0;
    let inUse = 0;
    let most = 0;
    const slots = createSlots(3, () => (made += 1));
    await Promise.all(
      Array.from({ length: 30 }, () =>
        slots.use(async () => {
          most = Math.max(most, (inUse += 1));
          await new Promise((resolve) => setTimeout(resolve, 1));
          inUse -= 1;
        }),
      ),
    );
    expect([made, most]).toEqual([3, 3]);
  });

  it('come back when the work throws', async () => {
    const slots = createSlots(1, () => 'one');
    await expect(slots.use(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(slots.use(async (one) => one)).resolves.toBe('one');
  });
});
