import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResult {
  violations: { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[];
}

/** What axe finds wrong with the page as it is: rule, element, reason. */
export async function violations(page: Page): Promise<string[]> {
  // By the debugging protocol: the page's own policy forbids strange scripts.
  const client = await page.context().newCDPSession(page);
  await client.send('Runtime.evaluate', { expression: AXE });
  // What fades in has no contrast yet; what turns for ever never ends.
  const moves = 'document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime < Infinity)';
  await client.send('Runtime.evaluate', {
    expression: `Promise.allSettled(${moves}.map((one) => one.finished)).then(() => null)`,
    awaitPromise: true,
  });
  const { result } = await client.send('Runtime.evaluate', {
    expression: 'axe.run().then((found) => JSON.stringify(found))',
    awaitPromise: true,
  });
  await client.detach();
  const { violations: found } = JSON.parse(String(result.value)) as AxeResult;
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}
