import type { Role } from '../../../src/domain/roles.ts';
import { violations } from './axe.ts';
import type { RunningConsole } from './open-console.ts';

/** Wide, light and English; a phone's width, dark and Chinese: between them every word and both schemes are seen. */
const VISITS = [
  { locale: 'en', scheme: 'light', width: 1280 },
  { locale: 'zh-CN', scheme: 'dark', width: 375 },
] as const;

/** What is wrong with a screen both ways: axe's findings, complaints of the browser, words without a translation, sideways scrolling. */
export async function faultsOf(running: RunningConsole, of: { role: Role; path: string }): Promise<string[]> {
  const faults: string[] = [];
  for (const visit of VISITS) {
    const { page, context, complaints } = await running.open(of.role, { ...visit, path: of.path });
    await page.locator('h1').waitFor();
    await page.waitForLoadState('networkidle').catch(() => undefined);
    await page.locator('.mantine-Loader-root, .mantine-Skeleton-root').first().waitFor({ state: 'detached' });
    const aside = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    if (Number(aside) > 0) faults.push(`${visit.locale}: ${String(aside)} pixels too wide`);
    const found = [...complaints, ...(await violations(page))];
    faults.push(...found.map((one) => `${visit.locale}: ${one}`));
    await context.close();
  }
  return faults;
}
