import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { send, type Query } from '../app/api-client.ts';
import { useAction } from '../app/use-action.ts';
import { ErrorState } from './error-state.tsx';

const PAGE = 200;
/** More rows than a spreadsheet is looked through for; who needs all takes the API. */
const MOST_ROWS = 20_000;

interface CsvButtonProps {
  /** Path of a list that answers as text/csv. */
  path: string;
  query: Query;
  /** Of the file, without its ending. */
  name: string;
}

/** Saves the rows of a list, as it is filtered, as a CSV file; page by page, the first 20,000. */
export function CsvButton({ path, query, name }: CsvButtonProps): ReactNode {
  const t = useTranslations('parts');
  const format = useFormatter();
  const [rows, setRows] = useState(0);
  const save = useAction({
    run: () => wholeList(path, { query, onRows: setRows }),
    done: ({ count, whole }) => t(whole ? 'csvDone' : 'csvCut', { count }),
    onDone: ({ text }) => download(text, `${name}.csv`),
  });
  return (
    <>
      <Button variant="default" disabled={save.running} aria-live="polite" onClick={() => void save.start()}>
        {save.running ? t('csvRunning', { count: format.number(rows) }) : t('csv')}
      </Button>
      {save.problem && <ErrorState problem={save.problem} action />}
    </>
  );
}

interface Whole {
  text: string;
  count: number;
  /** False: there are more rows than were taken. */
  whole: boolean;
}

async function wholeList(
  path: string,
  { query, onRows }: { query: Query; onRows(rows: number): void },
): Promise<Whole> {
  const pages: string[] = [];
  let cursor: string | undefined;
  for (let count = 0; ;) {
    onRows(count);
    const { data, next } = await send<string>('GET', path, {
      query: { ...query, limit: PAGE, cursor },
      headers: { accept: 'text/csv' },
    });
    pages.push(cursor === undefined ? data : withoutHeading(data));
    count += next === null ? 0 : PAGE;
    if (next === null || count >= MOST_ROWS) {
      const text = pages.join('');
      return { text, count: next === null ? count + rowsOf(data) : count, whole: next === null };
    }
    cursor = next;
  }
}

/** Cells may hold line breaks, the heading doesn't. */
function withoutHeading(csv: string): string {
  return csv.slice(csv.indexOf('\r\n') + 2);
}

/** Rows end with CR LF; breaks inside of a cell stand between quotes. */
function rowsOf(csv: string): number {
  return csv.replaceAll(/"(?:[^"]|"")*"/g, '').split('\r\n').length - 2;
}

function download(text: string, file: string): void {
  const link = document.createElement('a');
  // The mark tells spreadsheets that it is UTF-8.
  link.href = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }));
  link.download = file;
  link.click();
  URL.revokeObjectURL(link.href);
}
