import { RecallwaveError } from '../../domain/failures.ts';

/** Where and how mail is handed over; parsed from SMTP_URL. */
export interface SmtpEndpoint {
  host: string;
  port: number;
  /** TLS from the first byte (smtps://). */
  secure: boolean;
  requireTLS: boolean;
  ignoreTLS: boolean;
  auth: { user: string; pass: string } | undefined;
  /** What EHLO says; undefined: the machine's name. */
  name: string | undefined;
  /** Mailbox of the return path: `bounces@d` becomes `bounces+<delivery id>@d`. undefined: the sender's address. */
  bounce: string | undefined;
}

/**
 * Reads `smtp[s]://[user:password@]host[:port][?starttls=required|optional|off&name=…&bounce=…]`. smtp:// insists on STARTTLS
 * unless the address says otherwise. Throws a RecallwaveError that never shows the password.
 */
export function readSmtpUrl(text: string): SmtpEndpoint {
  const fix = 'write SMTP_URL as smtp://user:password@host:587 or smtps://user:password@host:465';
  if (!URL.canParse(text)) throw new RecallwaveError('BadInput', 'SMTP_URL is not a URL', fix);
  const url = new URL(text);
  const secure = url.protocol === 'smtps:';
  if (!secure && url.protocol !== 'smtp:')
    throw new RecallwaveError('BadInput', `SMTP_URL begins with ${url.protocol}`, fix);
  if (url.hostname === '') throw new RecallwaveError('BadInput', 'SMTP_URL names no host', fix);
  const startTls = url.searchParams.get('starttls') ?? 'required';
  if (!['required', 'optional', 'off'].includes(startTls)) {
    throw new RecallwaveError(
      'BadInput',
      `SMTP_URL has starttls=${startTls}`,
      'use starttls=required, optional or off',
    );
  }
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS: !secure && startTls === 'required',
    ignoreTLS: startTls === 'off',
    auth:
      url.username === ''
        ? undefined
        : { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    name: url.searchParams.get('name') ?? undefined,
    bounce: url.searchParams.get('bounce') ?? undefined,
  };
}
