import type { Decision, Verdict } from '../../../domain/read.ts';
import { html, type Markup } from '../drawing/html.ts';
import type { Tone } from '../drawing/tone.ts';
import type { Words } from '../words/english.ts';
import { comparisonText, type ResultsScene } from './results-scene.ts';

const TONES: Record<Decision, Tone> = { ship: 'better', stop: 'worse', keep_running: 'open', cant_tell: 'open' };

function badge(words: Words, verdict: Verdict): Markup {
  const days = verdict.days === null ? '' : `, ${words.aboutDays(verdict.days)}`;
  return html`<span class="badge ${TONES[verdict.decision]}">${words.decision[verdict.decision]}${days}</span>`;
}

/** The verdict with its one reason; below it those of the arms where there are several. */
export function verdictSection({ read, words }: ResultsScene): Markup {
  const arms = read.verdicts.map((verdict) => {
    const { action, arm, against } = verdict;
    const name = against === null ? arm : comparisonText(words, { arm, against });
    return html`<li>${badge(words, verdict)} <strong>${action}: ${name}</strong><br />${verdict.sentence}</li>`;
  });
  return html`<section>
    <h2>${words.verdict}</h2>
    <div class="verdict">
      ${badge(words, read.verdict)}
      <p>${read.verdict.sentence}</p>
    </div>
    ${
      read.verdicts.length > 1 &&
      html`<ul class="plain">
        ${arms}
      </ul>`
    }
  </section> `;
}
