import type { SampleRatioRead } from '../../../domain/read.ts';
import { countText, pText } from '../drawing/figures.ts';
import { html, type Markup } from '../drawing/html.ts';
import { plainTable } from '../drawing/plain-table.ts';
import type { ResultsScene } from './results-scene.ts';

/** Whether the groups have the sizes that chance should have given them. */
export function trustSection({ read, words }: ResultsScene): Markup {
  const found = read.sampleRatio.map((ratio) => ratioPart({ read, words }, ratio));
  return html`<section>
    <h2>${words.trust}</h2>
    ${found.length === 0 ? html`<p>${words.nobodyYet}</p>` : found}
  </section> `;
}

function ratioPart({ words }: ResultsScene, ratio: SampleRatioRead): Markup {
  const [tone, word] = ratio.alarm ? ['worse', words.sizesAlarm] : ['better', words.sizesFine];
  const badge = ratio.p === null && !ratio.alarm ? null : html`<span class="badge ${tone}">${word}</span>`;
  return html`<div class="verdict">
      ${badge}
      <p>${ratio.sentence}</p>
    </div>
    ${plainTable({
      caption: `${words.sizesOf(ratio.action)} (p ${pText(ratio.p)})`,
      heads: [words.groupHead, words.observed, words.expected],
      rows: ratio.groups.map(({ group, observed, expected }) => [
        group,
        countText(observed),
        countText(Math.round(expected)),
      ]),
    })}`;
}
