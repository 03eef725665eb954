import { domainToASCII } from 'node:url';

const ONE_ADDRESS = /^[^\s@,;:<>()[\]\\"\p{Cc}]+@[^\s@,;:<>()[\]\\"\p{Cc}]+$/u;

/**
 * `address` with its domain in ASCII when it is one plain mailbox, else undefined: no commas (they would reach two people), no
 * control characters (they would write headers), no quoting, no non-ASCII local part (few servers take those).
 */
export function singleAddress(address: string): string | undefined {
  if (address.length > 254 || !ONE_ADDRESS.test(address)) return undefined;
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  const domain = domainToASCII(address.slice(at + 1));
  if (domain === '' || local.length > 64 || !isAscii(local)) return undefined;
  return `${local}@${domain}`;
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 126) return false;
  return true;
}
