import { useState } from 'react';
import type { ImportReport } from '../../../api/v1/schemas/imports.ts';
import { send, type Query } from '../../app/api-client.ts';
import type { ApiProblem } from '../../app/api-problem.ts';
import { useAction } from '../../app/use-action.ts';
import { guessKind, mediaTypeOf, type ImportKind } from './guess-kind.ts';

/** A file that is chosen, sent and reported on. */
export interface ChosenUpload {
  file: File | null;
  kind: ImportKind | null;
  option: Query;
  report: ImportReport | null;
  running: boolean;
  problem: ApiProblem | null;
  chooseFile(file: File | null): void;
  chooseKind(kind: ImportKind | null): void;
  chooseOption(option: Query): void;
  start(): void;
}

interface Order {
  file: File;
  kind: ImportKind;
  query: Query;
  /** Tells files apart for the action's key: a File itself has no text. */
  stamp: string;
}

/** What the form of an upload knows: the kind follows the file's name, a new file forgets the report before. */
export function useUpload(): ChosenUpload {
  const [file, setFile] = useState<File | null>(null);
  const [kind, setKind] = useState<ImportKind | null>(null);
  const [option, chooseOption] = useState<Query>({});
  const [report, setReport] = useState<ImportReport | null>(null);
  const { start, forget, running, problem } = useAction({
    run: sendFile,
    onDone: (made) => {
      setReport(made);
      setFile(null);
    },
    refresh: ['/v1/imports', '/v1/users', '/v1/audit'],
  });
  function chooseKind(next: ImportKind | null): void {
    setKind(next);
    chooseOption({});
  }
  function chooseFile(next: File | null): void {
    setFile(next);
    setReport(null);
    forget();
    if (next) chooseKind(guessKind(next.name) ?? kind);
  }
  function go(): void {
    if (!file || !kind) return;
    const stamp = `${file.name} ${file.size} ${file.lastModified}`;
    void start({ file, kind, query: { ...option, source: file.name }, stamp });
  }
  return { file, kind, option, report, running, problem, chooseFile, chooseKind, chooseOption, start: go };
}

async function sendFile({ file, kind, query }: Order, key: string): Promise<ImportReport> {
  const headers = { 'content-type': mediaTypeOf(file.name) };
  return (await send<ImportReport>('POST', `/v1/imports/${kind}`, { query, body: file, headers, key })).data;
}
