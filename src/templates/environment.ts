import Handlebars from 'handlebars';

/** A compiled template: facts in, text out. Throws where a strict template misses a fact. */
export type CompiledTemplate = (facts: unknown) => string;

/** Helpers that templates may call; everything else is refused when the campaign is built. */
export const TEMPLATE_HELPERS = ['if', 'unless', 'each', 'url', 'date', 'number', 'default', 'eq'] as const;

// An environment of our own: nobody else's helper or partial can reach the templates.
const environment = Handlebars.create();
environment.unregisterHelper('log');
environment.unregisterHelper('lookup');
environment.unregisterHelper('with');
environment.registerHelper({ url, date, number, default: orElse, eq });

const withoutPrototype = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false };
const knownHelpers = Object.fromEntries(TEMPLATE_HELPERS.map((name) => [name, true]));

/** Compiles one template; `html` escapes every value, `text` none. Prototype access is off, unknown facts throw. */
export function compileTemplate(source: string, format: 'html' | 'text'): CompiledTemplate {
  const template = environment.compile<unknown>(source, {
    strict: true,
    knownHelpers,
    knownHelpersOnly: true,
    noEscape: format === 'text',
    preventIndent: true,
  });
  return (facts) => template(facts, withoutPrototype);
}

/** The syntax tree of a template. Throws Handlebars' own error, which names the line. */
export function parseTemplate(source: string): hbs.AST.Program {
  return environment.parse(source);
}

interface HelperOptions {
  data: { root: { locale: string } };
}

/** `{{url user.x}}`: percent-encodes a value for use inside a URL. */
function url(value: unknown): string {
  return encodeURIComponent(String(present(value, 'url')));
}

/** `{{date user.member_since}}`: a date in the recipient's language; throws on a missing value or one that is no date. */
function date(value: unknown, options: HelperOptions): string {
  const time = new Date(String(present(value, 'date')));
  if (Number.isNaN(time.getTime())) throw new TypeError('the date helper got a value that is no date');
  return dateFormat(options.data.root.locale).format(time);
}

/** `{{number user.lifetime_value}}`: a number in the recipient's language; throws on a missing value or one that is no number. */
function number(value: unknown, options: HelperOptions): string {
  const amount = Number(present(value, 'number'));
  if (Number.isNaN(amount)) throw new TypeError('the number helper got a value that is no number');
  return numberFormat(options.data.root.locale).format(amount);
}

/** `{{default user.name 'friend'}}`: the value, or the other one where it is missing or empty. */
function orElse(value: unknown, otherwise: unknown): unknown {
  return value === undefined || value === null || value === '' ? otherwise : value;
}

/** `{{#if (eq user.genre 'drama')}}`: whether two values are the same. */
function eq(left: unknown, right: unknown): boolean {
  return left === right;
}

function present(value: unknown, helper: string): unknown {
  if (value === undefined || value === null || value === '') throw new TypeError(`the ${helper} helper got no value`);
  return value;
}

// Building an Intl format costs 1,000 times a call of it.
const dateFormats = new Map<string, Intl.DateTimeFormat>();
const numberFormats = new Map<string, Intl.NumberFormat>();

function dateFormat(locale: string): Intl.DateTimeFormat {
  let format = dateFormats.get(locale);
  if (!format) {
    // Attributes are dates without a zone; UTC keeps 1 May the 1st of May.
    format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
    dateFormats.set(locale, format);
  }
  return format;
}

function numberFormat(locale: string): Intl.NumberFormat {
  let format = numberFormats.get(locale);
  if (!format) {
    format = new Intl.NumberFormat(locale);
    numberFormats.set(locale, format);
  }
  return format;
}
