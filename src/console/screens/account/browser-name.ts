/** Particular ones first: Edge calls itself Chrome too, Chrome calls itself Safari. */
const BROWSERS: readonly (readonly [sign: RegExp, name: string])[] = [
  [/Edg\/(\d+)/, 'Edge'],
  [/Firefox\/(\d+)/, 'Firefox'],
  [/Chrome\/(\d+)/, 'Chrome'],
  [/Version\/(\d+)[\d.]* .*Safari/, 'Safari'],
];
const SYSTEMS: readonly (readonly [sign: RegExp, name: string])[] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];

/** "Chrome 141, Linux" of what a browser says of itself; other programs as they call themselves. */
export function browserName(userAgent: string): string {
  const browser = BROWSERS.find(([sign]) => sign.test(userAgent));
  if (!browser) return userAgent;
  const [sign, name] = browser;
  const system = SYSTEMS.find(([mark]) => mark.test(userAgent))?.[1];
  return [`${name} ${sign.exec(userAgent)?.[1] ?? ''}`.trim(), system].filter(Boolean).join(', ');
}
