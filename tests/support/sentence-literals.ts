import { readFileSync } from 'node:fs';
import { parseSync } from 'vite';

/** A piece of text in the source that reads as part of a sentence. */
export interface Literal {
  file: string;
  text: string;
}

interface Node {
  type: string;
  [key: string]: unknown;
}

/** Three words after each other. */
export const SENTENCE = /[A-Za-z][\w'’-]* [A-Za-z][\w'’-]* [A-Za-z][\w'’-]*/;

const FAILURES = new Set(['RecallwaveError', 'ApiProblem', 'UnreachableError']);
const TOLD = new Set(['what', 'fix', 'detail', 'note', 'sentence', 'why', 'reason']);

/** The texts of a file that people may read: all of them, or only those of failures and of names such as `fix`. */
export function sentenceLiterals(file: string, which: 'all' | 'failures'): Literal[] {
  const { program } = parseSync(file, readFileSync(file, 'utf8')) as unknown as { program: Node };
  const found: Literal[] = [];
  const walk = (node: unknown, isTold: boolean): void => {
    if (Array.isArray(node)) {
      for (const one of node) walk(one, isTold);
      return;
    }
    if (typeof node !== 'object' || node === null || !('type' in node)) return;
    visit(node as Node, isTold);
  };
  const visit = (node: Node, isTold: boolean): void => {
    if (node.type === 'TaggedTemplateExpression' || node.type === 'ImportDeclaration') return;
    if (node.type === 'NewExpression' && nameOf(node['callee']) === 'Error') return;
    const text = textOf(node);
    if (isTold && text !== null && SENTENCE.test(text)) found.push({ file, text });
    for (const [key, inner] of Object.entries(node)) walk(inner, key !== 'key' && (isTold || tells(node)));
  };
  walk(program, which === 'all');
  return found;
}

/** True where what is inside is said to people. */
function tells(node: Node): boolean {
  if (node.type === 'NewExpression') return FAILURES.has(nameOf(node['callee']));
  if (node.type === 'VariableDeclarator') return TOLD.has(nameOf(node['id']));
  return node.type === 'Property' && TOLD.has(nameOf(node['key']));
}

function nameOf(node: unknown): string {
  return (node as { name?: string } | null)?.name ?? '';
}

function textOf(node: Node): string | null {
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  if (node.type !== 'TemplateElement') return null;
  return (node['value'] as { cooked: string }).cooked;
}
