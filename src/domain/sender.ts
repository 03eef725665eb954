/** `Name <address>` or a bare address, as settings.emailFrom holds it. */
export function parseSender(text: string): { name: string; address: string } {
  const match = /^\s*"?(.*?)"?\s*<([^<>]+)>\s*$/.exec(text);
  return match ? { name: match[1] ?? '', address: (match[2] ?? '').trim() } : { name: '', address: text.trim() };
}
