import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { piecesOf } from '../../src/app/languages/pattern.ts';
import { CATALOGUES } from '../../src/app/languages/told.ts';
import { sentenceLiterals, type Literal } from '../support/sentence-literals.ts';

/** Where every text is one that the console shows. */
const SAID =
  /^(experiments\/(read|accuracy)|policy\/(thresholds|filters)|app\/why|app\/campaigns\/(lint|rules|file))\/|^policy\/(audience-limits|stop-lines|action-suitability)\.|^learning\/(freezes|cycle-alarms)\.|^app\/(prove\/sentences|audit-verification)\.|^templates\/(channel-contents|contents|html-checks|inspect-template|include|mail|message-limits|compile-mjml)\./;
/** Where only failures and what is named `fix`, `what` … are. */
const FAILING = /^(api\/v1\/[^/]+$|(app|learning)\/|db\/queries\/[^/]+$)/;
/** Met on the command line alone, or kept in the file of rejected rows. */
const ELSEWHERE =
  /^app\/((demo|sample-company|experiment|imports\/kinds)\/|imports\/fields\/(?!email|phone)|imports\/reading\/(csv-records|csv-rows|json-rows|rejects-file)|imports\/open-source|campaigns\/file\/campaign-source|settings\.)|preferences\.ts$/;

const FILES = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

const KNOWN = Object.values(CATALOGUES)
  .flatMap((sentences) => Object.keys(sentences))
  .map((english) =>
    piecesOf(english)
      .map((piece) => (typeof piece === 'string' ? piece : '\0'))
      .join(''),
  )
  .join('\n');

function untold(files: RegExp, which: 'all' | 'failures'): Literal[] {
  return FILES.filter((file) => files.test(file) && !ELSEWHERE.test(file))
    .flatMap((file) => sentenceLiterals(`src/${file}`, which))
    .filter(({ text }) => !KNOWN.includes(text.trim().replace(/ "$/, '')));
}

describe('every sentence in the source is in a catalogue', () => {
  it('where sentences are made', () => {
    expect(untold(SAID, 'all')).toEqual([]);
  });

  it('where something is refused', () => {
    expect(untold(FAILING, 'failures')).toEqual([]);
  });
});
