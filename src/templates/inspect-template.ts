import { parseTemplate, TEMPLATE_HELPERS } from './environment.ts';

/** A fault in one template text, with its line where it is known (1 is the first). */
export interface Finding {
  what: string;
  fix: string;
  severity: 'error' | 'warning';
  line?: number;
}

/** What templates of a campaign may name. `attributes` null: the catalogue isn't known, every attribute passes. */
export interface Vocabulary {
  attributes: ReadonlySet<string> | null;
  links: ReadonlySet<string>;
}

/** Faults of a template, and the facts it prints whatever the user is like (outside of any block). */
export interface Inspection {
  findings: Finding[];
  always: ReadonlySet<string>;
}

const PARAMETERS: Record<string, number> = { if: 1, unless: 1, each: 1, url: 1, date: 1, number: 1, default: 2, eq: 2 };
const FORGIVING = new Set(['default', 'eq', 'if', 'unless', 'each']);
const BLOCKS = new Set(['if', 'unless', 'each']);
const FACTS = [
  'locale',
  'coupon',
  'unsubscribeUrl',
  'preferencesUrl',
  'surveyUrl',
  'company.name',
  'company.postalAddress',
];
const WARNING_FACTS = ['warning.segment', 'warning.reasons'];
const EACH_DATA = new Set(['index', 'first', 'last', 'key']);

interface Scope {
  /** How many each-blocks are around: their items stand between a path and the facts. */
  depth: number;
  inBlock: boolean;
  /** Facts that a surrounding block has made sure of. */
  sure: ReadonlySet<string>;
}

/** Reads a template as data: unknown variables and helpers, unescaped output, partials, syntax. Runs nothing. */
export function inspectTemplate(source: string, vocabulary: Vocabulary): Inspection {
  const inspector = new Inspector(vocabulary);
  let program: hbs.AST.Program;
  try {
    program = parseTemplate(source);
  } catch (error) {
    return { findings: [syntaxFinding(error)], always: new Set() };
  }
  inspector.program(program, { depth: 0, inBlock: false, sure: new Set() });
  return { findings: inspector.findings, always: inspector.always };
}

class Inspector {
  readonly findings: Finding[] = [];
  readonly always = new Set<string>();
  readonly #vocabulary: Vocabulary;

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
  }

  program(program: hbs.AST.Program | undefined, scope: Scope): void {
    for (const statement of program?.body ?? []) this.#statement(statement, scope);
  }

  #statement(statement: hbs.AST.Statement, scope: Scope): void {
    switch (statement.type) {
      case 'ContentStatement':
      case 'CommentStatement':
        return;
      case 'MustacheStatement':
        return this.#mustache(statement as hbs.AST.MustacheStatement, scope);
      case 'BlockStatement':
        return this.#block(statement as hbs.AST.BlockStatement, scope);
      default:
        this.#add(statement, 'partials and decorators are not available in templates', 'write the text in place');
    }
  }

  #mustache(statement: hbs.AST.MustacheStatement, scope: Scope): void {
    if (!statement.escaped) {
      this.#add(statement, 'a value is printed without escaping', 'use two braces: {{…}}');
    }
    if (isHelperCall(statement)) return this.#call(statement, scope);
    if (statement.path.type !== 'PathExpression') return;
    this.#print(statement.path as hbs.AST.PathExpression, scope);
  }

  #block(block: hbs.AST.BlockStatement, scope: Scope): void {
    const name = block.path.original;
    if (!BLOCKS.has(name)) {
      this.#add(block, `there is no block helper "${name}"`, 'use {{#if}}, {{#unless}} or {{#each}}');
      return;
    }
    this.#call(block, scope);
    const sure = new Set([...scope.sure, ...block.params.flatMap((param) => this.#pathsOf(param, scope))]);
    const inside = { ...scope, inBlock: true };
    this.program(block.program, {
      ...inside,
      depth: scope.depth + (name === 'each' ? 1 : 0),
      sure: name === 'if' ? sure : scope.sure,
    });
    this.program(block.inverse, { ...inside, sure: name === 'unless' ? sure : scope.sure });
  }

  #call(call: hbs.AST.MustacheStatement | hbs.AST.BlockStatement | hbs.AST.SubExpression, scope: Scope): void {
    const name = (call.path as hbs.AST.PathExpression).original;
    if (!(TEMPLATE_HELPERS as readonly string[]).includes(name)) {
      this.#add(call, `there is no helper "${name}"`, `helpers are ${TEMPLATE_HELPERS.join(', ')}`);
      return;
    }
    if (call.params.length !== PARAMETERS[name]) {
      this.#add(call, `${name} takes ${PARAMETERS[name]} value(s), not ${call.params.length}`, `see docs/templates.md`);
    }
    for (const param of call.params) {
      if (param.type === 'SubExpression') this.#call(param as hbs.AST.SubExpression, scope);
      if (param.type !== 'PathExpression') continue;
      if (FORGIVING.has(name)) this.#resolve(param as hbs.AST.PathExpression, scope);
      else this.#print(param as hbs.AST.PathExpression, scope);
    }
  }

  #print(path: hbs.AST.PathExpression, scope: Scope): void {
    const fact = this.#resolve(path, scope);
    if (fact === null) return;
    if (!scope.inBlock) this.always.add(fact);
    if (fact.startsWith('user.') && fact !== 'user.userId' && !scope.sure.has(fact)) {
      this.findings.push({
        what: `"${fact}" is missing for some users, who would then get no message`,
        fix: `write {{default ${fact} '…'}}, or put it inside {{#if ${fact}}}`,
        severity: 'warning',
        line: path.loc.start.line,
      });
    }
  }

  /** The fact a path names; null (with a finding where it names none) for items of an each-block. */
  #resolve(path: hbs.AST.PathExpression, scope: Scope): string | null {
    if (path.data) {
      if (scope.depth === 0 || !EACH_DATA.has(path.parts[0] ?? '')) this.#unknown(path, path.original, []);
      return null;
    }
    if (scope.depth > 0 && path.depth < scope.depth) {
      if (path.parts.length > 0) this.#unknown(path, path.original, ['this']);
      return null;
    }
    const fact = path.parts.join('.');
    if (path.depth > scope.depth || !this.#isKnown(path.parts)) {
      this.#unknown(path, path.original, this.#names(path.parts[0]));
      return null;
    }
    return fact;
  }

  #isKnown(parts: readonly string[]): boolean {
    const fact = parts.join('.');
    const [root, name] = parts;
    if (FACTS.includes(fact) || WARNING_FACTS.includes(fact)) return true;
    if (parts.length !== 2 || !name) return false;
    if (root === 'links') return this.#vocabulary.links.has(name);
    if (root !== 'user') return false;
    const { attributes } = this.#vocabulary;
    return attributes === null || attributes.has(name) || name === 'userId' || name === 'name';
  }

  #names(root: string | undefined): string[] {
    if (root === 'links') return [...this.#vocabulary.links].map((name) => `links.${name}`);
    if (root === 'user') return [...(this.#vocabulary.attributes ?? [])].map((name) => `user.${name}`);
    if (root === 'warning') return WARNING_FACTS;
    return [...FACTS, 'user.…', 'links.…', ...WARNING_FACTS];
  }

  #pathsOf(param: hbs.AST.Expression, scope: Scope): string[] {
    if (param.type === 'SubExpression') {
      return (param as hbs.AST.SubExpression).params.flatMap((each) => this.#pathsOf(each, scope));
    }
    if (param.type !== 'PathExpression') return [];
    const path = param as hbs.AST.PathExpression;
    return path.depth === scope.depth ? [path.parts.join('.')] : [];
  }

  #unknown(node: hbs.AST.Node, name: string, known: readonly string[]): void {
    const fix = known.length > 0 ? `known here: ${known.slice(0, 20).join(', ')}` : 'take it out';
    this.#add(node, `unknown variable "${name}"`, fix);
  }

  #add(node: hbs.AST.Node, what: string, fix: string): void {
    this.findings.push({ what, fix, severity: 'error', line: node.loc.start.line });
  }
}

function isHelperCall(statement: hbs.AST.MustacheStatement): boolean {
  if (statement.path.type !== 'PathExpression') return false;
  const path = statement.path as hbs.AST.PathExpression;
  return statement.params.length > 0 || (TEMPLATE_HELPERS as readonly string[]).includes(path.original);
}

function syntaxFinding(error: unknown): Finding {
  const message = error instanceof Error ? error.message : String(error);
  const line = /line (\d+)/.exec(message)?.[1];
  const reason =
    /Expecting .*|[^\n]*doesn't match[^\n]*/.exec(message)?.[0] ?? message.split('\n')[0] ?? 'syntax error';
  return {
    what: `the template cannot be read: ${reason.slice(0, 160)}`,
    fix: 'check the braces, and that every {{#if}} has its {{/if}}',
    severity: 'error',
    ...(line ? { line: Number(line) } : {}),
  };
}
