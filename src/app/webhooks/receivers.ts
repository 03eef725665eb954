const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** Whether an address may receive: https from outside when live, this machine alone when not. */
export function mayReceive(address: string, live: boolean): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return false;
  const here = LOOPBACK.includes(url.hostname);
  return live ? url.protocol === 'https:' && !here : here && ['http:', 'https:'].includes(url.protocol);
}
