import Table from 'cli-table3';

type Cell = string | number | null | undefined;

/** A borderless table; numbers are right-aligned with thousands separators, missing cells are `–`. */
export function table(head: readonly string[], lines: readonly (readonly Cell[])[]): string {
  const numeric = head.map((_, column) => lines.some((line) => typeof line[column] === 'number'));
  const drawn = new Table({
    head: [...head],
    colAligns: numeric.map((isNumber) => (isNumber ? 'right' : 'left')),
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: '  ',
    },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
  });
  for (const line of lines) drawn.push(line.map(cellText));
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

function cellText(cell: Cell): string {
  if (cell === null || cell === undefined || cell === '') return '–';
  return typeof cell === 'number' ? number(cell) : cell;
}

/** 64000 → "64,000". */
export function number(value: number): string {
  return value.toLocaleString('en');
}

/** A table, or where there is nothing to show, what to do next. */
export function tableOr(empty: string, head: readonly string[], lines: readonly (readonly Cell[])[]): string {
  return lines.length === 0 ? empty : table(head, lines);
}
