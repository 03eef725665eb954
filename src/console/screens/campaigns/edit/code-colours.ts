import { Decoration, MatchDecorator, ViewPlugin, type DecorationSet, type EditorView } from '@codemirror/view';

/** Kinds of text by the first group that matches; the classes are coloured in code-editor.css. */
const KINDS = ['comment', 'text', 'key', 'value', 'place'] as const;
const YAML =
  /(?<comment>(?:^|(?<=\s))#.*$)|(?<text>"(?:[^"\\]|\\.)*"|'[^']*')|(?<key>[\w.-]+(?=:(?:\s|$)))|(?<value>\b(?:true|false|null|\d+(?:\.\d+)?)\b)/g;
const TEXT = /(?<place>\{\{[^}]*\}\}\}?)|(?<comment><!--.*?-->)|(?<key><\/?[\w-]+|\/?>)|(?<text>"[^"]*")/g;

const MARKS = Object.fromEntries(KINDS.map((kind) => [kind, Decoration.mark({ class: `code-${kind}` })]));

/** Colours a file by what its ending says; colours of our own, since CodeMirror's fail the contrast rule on dark ground. */
export function coloured(file: string) {
  const matcher = new MatchDecorator({
    regexp: file.endsWith('.yaml') ? YAML : TEXT,
    decoration: (match) => {
      const kind = KINDS.find((one) => match.groups?.[one] !== undefined);
      return kind === undefined ? null : (MARKS[kind] ?? null);
    },
  });
  return ViewPlugin.define<
    { marks: DecorationSet } & { update(update: Parameters<typeof matcher.updateDeco>[0]): void }
  >(
    (view: EditorView) => ({
      marks: matcher.createDeco(view),
      update(update) {
        this.marks = matcher.updateDeco(update, this.marks);
      },
    }),
    { decorations: ({ marks }) => marks },
  );
}
