import { parseTemplate } from './environment.ts';

/** The facts that a template names, such as `user.name` and `links.shop`, each once, sorted. Throws on broken syntax. */
export function templateVariables(source: string): string[] {
  const found = new Set<string>();
  collect(parseTemplate(source), found);
  return [...found].toSorted();
}

type Node = hbs.AST.Node & {
  params?: hbs.AST.Node[];
  body?: hbs.AST.Node[];
  path?: hbs.AST.Node;
  program?: hbs.AST.Node;
  inverse?: hbs.AST.Node;
};

function collect(node: Node | undefined, found: Set<string>): void {
  if (!node) return;
  if (node.type === 'PathExpression') return add(node as hbs.AST.PathExpression, found);
  const { params = [], body = [], path, program, inverse } = node;
  // What takes values or a block is a helper's name.
  const isHelper = params.length > 0 || program !== undefined;
  for (const each of [isHelper ? undefined : path, ...params, ...body, program, inverse]) collect(each, found);
}

/** `@index` and the item of an each-block are no facts. */
function add({ parts, data }: hbs.AST.PathExpression, found: Set<string>): void {
  if (!data && parts.length > 0) found.add(parts.join('.'));
}
