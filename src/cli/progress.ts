const EVERY_MS = { terminal: 100, file: 3_000 };

/** A progress line on stderr: in place on a terminal, a line every few seconds elsewhere, nothing when `silent`. */
export function progressLine(
  label: string,
  silent: boolean,
): { update(done: number, total?: number): void; end(): void } {
  const terminal = process.stderr.isTTY;
  let shownAt = terminal ? 0 : Date.now();
  let last = '';
  const show = (text: string): void => {
    process.stderr.write(terminal ? `\r\u001b[K${text}` : `${text}\n`);
    shownAt = Date.now();
  };
  return {
    update: (done, total) => {
      last = `${label}: ${done.toLocaleString('en')}${total === undefined ? '' : ` of ${total.toLocaleString('en')}`}`;
      if (!silent && Date.now() - shownAt >= (terminal ? EVERY_MS.terminal : EVERY_MS.file)) show(last);
    },
    end: () => {
      if (silent || last === '') return;
      show(last);
      if (terminal) process.stderr.write('\n');
    },
  };
}
