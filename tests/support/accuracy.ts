import type { AccuracySlice, AccuracySums } from '../../src/domain/warning-accuracy.ts';

/** One held-out person as a reference sees him: plain values. */
export interface Judged {
  score: number;
  left: boolean;
  called?: boolean;
}

/** Pairs of one who left and one who came back in which the first scores higher, ties half; by sorting. */
function pairsWon(people: readonly Judged[]): number {
  const sorted = people.toSorted((a, b) => a.score - b.score);
  let [won, backBelow] = [0, 0];
  for (let from = 0; from < sorted.length;) {
    let to = from;
    while (to < sorted.length && sorted[to]!.score === sorted[from]!.score) to++;
    const tied = sorted.slice(from, to);
    const left = tied.filter((person) => person.left).length;
    won += left * (backBelow + (tied.length - left) / 2);
    backBelow += tied.length - left;
    from = to;
  }
  return won;
}

/** The sums of a slice, straight from their definitions. */
export function sumsOf(people: readonly Judged[]): AccuracySums {
  const called = people.filter((person) => person.called ?? person.score >= 0.5);
  const scores = people.map((person) => person.score);
  return {
    entries: people.length,
    left: people.filter((person) => person.left).length,
    called: called.length,
    calledLeft: called.filter((person) => person.left).length,
    scoreSum: scores.reduce((sum, score) => sum + score, 0),
    squaredErrors: people.reduce((sum, { score, left }) => sum + (Number(left) - score) ** 2, 0),
    pairsWon: pairsWon(people),
    lowestScore: scores.length === 0 ? 0 : Math.min(...scores),
    highestScore: scores.length === 0 ? 0 : Math.max(...scores),
  };
}

/** A slice with bands of equal width, and the log odds of every person for himself. */
export function sliceOf(people: readonly Judged[], over: Partial<AccuracySlice> = {}, bands = 10): AccuracySlice {
  const inBands = Array.from({ length: bands }, (_, band) => {
    const own = people.filter(({ score }) => Math.min(bands - 1, Math.floor(score * bands)) === band);
    return { band, entries: own.length, left: own.filter(({ left }) => left).length, scoreSum: sumsOf(own).scoreSum };
  });
  return {
    dimension: 'all',
    value: null,
    sums: sumsOf(people),
    bands: inBands.filter(({ entries }) => entries > 0),
    logOdds: people.map(({ score, left }) => ({
      logOdds: Math.log(score / (1 - score)),
      entries: 1,
      left: Number(left),
    })),
    ...over,
  };
}
