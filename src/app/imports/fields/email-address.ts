import type { Checked } from './field.ts';

const PLAIN =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)$/u;
const TOP_LEVEL = /\.(?:xn--[a-z0-9-]+|\p{L}{2,})$/iu;

/** One address that a mail server can take, as given; anything that could reach two people is refused. */
export function checkEmail(text: string): Checked<string> {
  const value = text.trim();
  if (/[,;\s]/.test(value)) return { reason: 'more than one address or a blank inside: write one address' };
  if (value.length > 254) return { reason: 'longer than 254 characters: write one address' };
  if (!value.includes('@')) return { reason: 'no @ in it: write an address such as name@example.com' };
  const domain = PLAIN.exec(value)?.[1];
  if (domain === undefined) return { reason: 'not a valid e-mail address: write it such as name@example.com' };
  if (value.indexOf('@') > 64) return { reason: 'more than 64 characters before the @: check the address' };
  if (/(?:^|\.)-|-(?:\.|$)/.test(domain) || !TOP_LEVEL.test(domain)) {
    return { reason: `"${domain.slice(0, 80)}" is no domain: write an address such as name@example.com` };
  }
  return { value };
}
