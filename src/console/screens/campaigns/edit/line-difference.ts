/** A line of two texts laid side by side. */
export interface DifferentLine {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** Cells of the table that finds the longest common lines; above it a stretch counts as replaced as a whole. */
const MOST_CELLS = 4_000_000;

/** What turns `before` into `after`, line by line, with as many lines kept as can be. */
export function lineDifference(before: string, after: string): DifferentLine[] {
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  const head = commonHead(old, fresh);
  const tail = commonHead(old.slice(head).toReversed(), fresh.slice(head).toReversed());
  return [
    ...old.slice(0, head).map(same),
    ...middle(old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail)),
    ...old.slice(old.length - tail).map(same),
  ];
}

const same = (text: string): DifferentLine => ({ kind: 'same', text });
const removed = (text: string): DifferentLine => ({ kind: 'removed', text });
const added = (text: string): DifferentLine => ({ kind: 'added', text });

function commonHead(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < a.length && count < b.length && a[count] === b[count]) count += 1;
  return count;
}

function middle(old: readonly string[], fresh: readonly string[]): DifferentLine[] {
  const width = fresh.length + 1;
  if (old.length * fresh.length === 0 || old.length * width > MOST_CELLS) {
    return [...old.map(removed), ...fresh.map(added)];
  }
  const kept = keptLines(old, fresh);
  const lines: DifferentLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length && j < fresh.length) {
    if (old[i] === fresh[j]) {
      lines.push(same(old[i] ?? ''));
      i += 1;
      j += 1;
    } else if ((kept[(i + 1) * width + j] ?? 0) >= (kept[i * width + j + 1] ?? 0)) {
      lines.push(removed(old[i] ?? ''));
      i += 1;
    } else {
      lines.push(added(fresh[j] ?? ''));
      j += 1;
    }
  }
  return [...lines, ...old.slice(i).map(removed), ...fresh.slice(j).map(added)];
}

/** At [i, j]: how many lines the rests from i and j have in common, in order. */
function keptLines(old: readonly string[], fresh: readonly string[]): Uint32Array {
  const width = fresh.length + 1;
  const kept = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      kept[i * width + j] =
        old[i] === fresh[j]
          ? (kept[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(kept[(i + 1) * width + j] ?? 0, kept[i * width + j + 1] ?? 0);
    }
  }
  return kept;
}
