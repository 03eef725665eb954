import { useComputedColorScheme } from '@mantine/core';
import { completeFromList } from '@codemirror/autocomplete';
import { yaml, yamlLanguage } from '@codemirror/lang-yaml';
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { EditorView } from '@codemirror/view';
import { basicSetup } from 'codemirror';
import { useEffect, useRef, type ReactNode } from 'react';
import type { CampaignProblem } from '../../../../api/v1/schemas/drafts.ts';
import { styleNonce } from '../../../app/nonce.ts';
import { coloured } from './code-colours.ts';
import './code-editor.css';

/** A place to show; a new object each time that it is asked for. */
export interface Place {
  file: string;
  line: number;
}

interface CodeEditorProps {
  file: string;
  value: string;
  onChange(value: string): void;
  problems: readonly Fault[];
  place: Place | null;
  /** What is edited, for screen readers. */
  label: string;
  /** Offered while a YAML file is typed; the same list each time. */
  words?: readonly string[];
  readOnly?: boolean;
}

type Fault = Pick<CampaignProblem, 'line' | 'column' | 'severity' | 'what' | 'fix'>;
const NO_WORDS: readonly string[] = [];

/** A text with line numbers, colours, search and marks at the lines where something is wrong. */
export function CodeEditor(props: CodeEditorProps): ReactNode {
  const { file, value, onChange, problems, place, label, words = NO_WORDS, readOnly = false } = props;
  const dark = useComputedColorScheme('light') === 'dark';
  const holder = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const said = useRef({ value, onChange });
  said.current = { value, onChange };

  useEffect(() => {
    const made = new EditorView({
      doc: said.current.value,
      parent: holder.current as HTMLElement,
      extensions: [
        EditorView.cspNonce.of(styleNonce()),
        EditorView.darkTheme.of(dark),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': String(readOnly), tabindex: '0' }),
        lintGutter(),
        coloured(file),
        basicSetup,
        file.endsWith('.yaml') ? [yaml(), completed(words)] : [],
        EditorView.editable.of(!readOnly),
        EditorView.updateListener.of(({ docChanged, state }) => {
          const text = state.doc.toString();
          if (docChanged && text !== said.current.value) said.current.onChange(text);
        }),
      ],
    });
    view.current = made;
    return () => made.destroy();
  }, [file, dark, label, words, readOnly]);

  useEffect(() => {
    const { current } = view;
    const before = current?.state.doc.toString();
    if (!current || before === value) return;
    current.dispatch({ changes: { from: 0, to: before?.length ?? 0, insert: value } });
  }, [value]);

  useEffect(() => {
    const { current } = view;
    if (current) current.dispatch(setDiagnostics(current.state, marks(current, problems)));
  }, [problems, file, dark, label, words, readOnly]);

  useEffect(() => {
    const { current } = view;
    if (!current || place?.file !== file) return;
    const line = lineAt(current, place.line);
    current.dispatch({ selection: { anchor: line.from }, scrollIntoView: true });
    current.focus();
  }, [place, file]);

  return <div ref={holder} className="code-editor" />;
}

function completed(words: readonly string[]) {
  return yamlLanguage.data.of({ autocomplete: completeFromList(words.map((label) => ({ label }))) });
}

function lineAt({ state: { doc } }: EditorView, line: number): { from: number; to: number } {
  return doc.line(Math.min(Math.max(line, 1), doc.lines));
}

function marks(view: EditorView, problems: readonly Fault[]): Diagnostic[] {
  return problems.map(({ line, column, severity, what, fix }) => {
    const { from, to } = lineAt(view, line);
    const start = Math.min(from + Math.max(column - 1, 0), to);
    return { from: start, to, severity, message: `${what}\n${fix}` };
  });
}
