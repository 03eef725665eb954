import type { GoalPeriod, GoalProgress } from '../../../domain/goals.ts';
import { amountText, countText } from '../drawing/figures.ts';
import { html, type Markup, type Piece } from '../drawing/html.ts';
import { plainTable } from '../drawing/plain-table.ts';
import type { Tone } from '../drawing/tone.ts';
import type { Words } from '../words/english.ts';

const TONES: Record<GoalPeriod['standing'], Tone> = {
  reached: 'better',
  on_track: 'better',
  behind: 'open',
  missed: 'worse',
};

/** The campaign's goals by period against what came; nothing where it has none. */
export function goalsSection(words: Words, goals: readonly GoalProgress[]): Markup | null {
  if (goals.length === 0) return null;
  const rows = goals.flatMap((goal) => goal.periods.map((period) => goalRow(words, goal, period)));
  return html`<section>
    <h2>${words.goals}</h2>
    <p class="about">${words.goalsAbout}</p>
    ${plainTable({
      caption: words.goals,
      heads: [words.goal, words.period, words.came, words.target, words.standing],
      rows,
    })}
  </section> `;
}

function goalRow(words: Words, goal: GoalProgress, period: GoalPeriod): Piece[] {
  const { gone, standing } = period;
  const share = goal.target > 0 ? ` (${amountText(period.came / goal.target, PERCENT, 0)})` : '';
  const running = gone < 1 && html`, ${words.periodGone(Math.floor(gone * 100))}`;
  return [
    html`${goal.name}${goal.channel !== null && html`<small>${words.channelName[goal.channel]}</small>`}`,
    `${period.from} – ${period.to}`,
    `${countText(period.came)}${share}`,
    countText(goal.target),
    html`<span class="word ${TONES[standing]}">${words.standingWord[standing]}</span>${running}`,
  ];
}

const PERCENT = { factor: 100, suffix: ' %', decimals: 0, signed: false };
