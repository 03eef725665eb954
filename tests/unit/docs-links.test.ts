import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const PICTURES = join(ROOT, 'docs', 'screenshots');
const MOST_BYTES = 3 * 1024 * 1024;

const docs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.md'))
  .map((path) => join('docs', path));
const pages = ['README.md', join('src', 'console', 'README.md'), ...docs];

/** Links and images of a page, without its code. */
function targets(page: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8')
    .replaceAll(/^```[^]*?^```$/gm, '')
    .replaceAll(/`[^`\n]*`/g, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
}

/** Anchors as GitHub makes them: lower case, letters, digits and hyphens, blanks as hyphens. */
function anchors(page: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8').replaceAll(/^```[^]*?^```$/gm, '');
  return [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function brokenLinks(page: string): string[] {
  return targets(page).filter((target) => {
    if (/^(?:https?|mailto):/.test(target)) return false;
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? page : relative(ROOT, resolve(ROOT, dirname(page), path));
    if (!existsSync(join(ROOT, file))) return true;
    return anchor !== undefined && file.endsWith('.md') && !anchors(file).includes(anchor);
  });
}

test.each(pages)('every link and image of %s leads somewhere', (page) => {
  expect(brokenLinks(page)).toEqual([]);
});

test('the pages for people are reached from the README and from each other', () => {
  expect(targets('README.md')).toEqual(expect.arrayContaining(['docs/for-operations.md', 'docs/for-marketers.md']));
  expect(targets('docs/for-operations.md')).toEqual(expect.arrayContaining(['operations.md', 'for-marketers.md']));
  expect(targets('docs/for-marketers.md')).toContain('for-operations.md');
  expect(targets('docs/operations.md')).toContain('for-operations.md');
});

test('every picture in the repository is shown by a page, and together they stay small', () => {
  const shown = pages.flatMap(targets).map((target) => target.split('/').at(-1));
  const pictures = readdirSync(PICTURES);
  expect(pictures.filter((name) => !shown.includes(name))).toEqual([]);
  const bytes = pictures.reduce((sum, name) => sum + statSync(join(PICTURES, name)).size, 0);
  expect(bytes).toBeLessThan(MOST_BYTES);
});
