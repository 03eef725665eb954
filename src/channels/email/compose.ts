import { foldLines } from 'nodemailer/lib/mime-funcs';
import MimeNode from 'nodemailer/lib/mime-node';
import { encode, wrap } from 'nodemailer/lib/qp';
import type { RenderedMessage } from '../channel.ts';

export type EmailContent = Extract<RenderedMessage, { channel: 'email' }>;

/** Encodes header values; nodemailer's own code, one node for all messages because making one costs as much as a header. */
const encoder = new MimeNode(false);

/**
 * The MIME source of one e-mail, text and HTML. Composed in one go from nodemailer's encoders: its MailComposer streams every
 * part through a pipeline of its own, which takes most of a send. Addresses must have been checked by `singleAddress`.
 */
export function compose(mail: { content: EmailContent; messageId: string; deliveryId: string; date: Date }): Buffer {
  const { content } = mail;
  // "=_" cannot occur in quoted-printable or base64, so no part can contain the boundary.
  const boundary = `=_${mail.deliveryId}`;
  const lines = [
    header('From', content.from),
    header('To', content.to),
    header('Subject', content.subject),
    `Message-ID: <${mail.messageId}>`,
    `Date: ${mail.date.toUTCString().replace('GMT', '+0000')}`,
    // Both forms and the one-click marker (RFC 8058): plain headers, since nodemailer's `list` writes the marker wrongly.
    `List-Unsubscribe: <${uri(content.unsubscribeUrl)}>,\r\n <${uri(content.unsubscribeMailto)}>`,
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative;\r\n boundary="${boundary}"`,
    '',
    part(boundary, 'text/plain', content.text),
    part(boundary, 'text/html', content.html),
    `--${boundary}--`,
    '',
  ];
  return Buffer.from(lines.join('\r\n'), 'latin1');
}

function header(key: string, value: string | EmailContent['to']): string {
  return foldLines(`${key}: ${encoder.encodeHeaderValue(key, value)}`, 76);
}

/** A URI may hold no white space or brackets in a header; a mailto: is written with its scheme. */
function uri(text: string): string {
  return text.replace(/[\s<>]/g, encodeURIComponent);
}

function part(boundary: string, type: string, text: string): string {
  const bytes = Buffer.from(text.replace(/\r\n|\r|\n/g, '\r\n'));
  const latin = isMostlyAscii(text, bytes.length);
  const body = latin ? wrap(encode(bytes), 76) : bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
  const encoding = latin ? 'quoted-printable' : 'base64';
  return `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}`;
}

/** Quoted-printable triples every byte beyond ASCII, base64 adds a third to all: the shorter one wins. */
function isMostlyAscii(text: string, bytes: number): boolean {
  return (bytes - text.length) * 3 < bytes;
}
