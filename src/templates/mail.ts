import { compileMjml } from './compile-mjml.ts';
import { checkHtml } from './html-checks.ts';
import { type Included, readWithIncludes, type ReadFile } from './include.ts';
import { type Finding, inspectTemplate, type Vocabulary } from './inspect-template.ts';
import { mask, unmask } from './mask.ts';

/** A fault with the file it is in. */
export type FileFinding = Finding & { file: string };

/** One MJML file made ready for rendering: HTML and text with their variables still in them. */
export interface BuiltMail {
  html: string;
  text: string;
  findings: FileFinding[];
}

/** The files of one mail in one locale. */
export interface MailFiles {
  mjml: string;
  /** Absent: the text part is made from the HTML. */
  text: string | undefined;
  preheader: string | undefined;
  locale: string;
  vocabulary: Vocabulary;
  readFile: ReadFile;
}

/** Compiles a mail of one locale and checks it: MJML, variables, URLs, opt-out and postal address in both parts. */
export async function buildMail(files: MailFiles): Promise<BuiltMail> {
  const included = await readWithIncludes({ file: files.mjml, locale: files.locale, readFile: files.readFile });
  const findings = included.findings;
  const at = (finding: Finding): FileFinding => placed(finding, included, files.mjml);
  const inspection = inspectTemplate(included.source, files.vocabulary);
  findings.push(...inspection.findings.map(at));
  if (/<mj-include\b/.test(included.source)) {
    findings.push({
      file: files.mjml,
      what: 'an mj-include is not alone on its line, or stands in an included file',
      fix: 'write <mj-include path="…"/> on a line of its own in the mail itself',
      severity: 'error',
    });
  }
  const compiled = await compileMjml(withHead(included.source, files));
  findings.push(...compiled.findings.map(at));
  const check = checkHtml(compiled.html);
  findings.push(...check.findings.map((finding) => at(withLine(finding, included.source))));
  if (!check.hasUnsubscribeLink || !inspection.always.has('unsubscribeUrl')) {
    findings.push({ file: files.mjml, ...missingOptOut('<a href="{{unsubscribeUrl}}">') });
  }
  if (!inspection.always.has('company.postalAddress')) findings.push({ file: files.mjml, ...missingAddress });
  const text = await textPart(files, compiled.html);
  return { html: compiled.html, text: text.text, findings: [...findings, ...text.findings] };
}

/** Puts the locale and the preheader of the campaign file into the MJML, on the lines that are there. */
function withHead(source: string, files: MailFiles): string {
  const withLanguage = source.replace(/<mjml(?![^>]*\slang=)/, `<mjml lang="${files.locale}"`);
  if (files.preheader === undefined) return withLanguage;
  const preview = `<mj-preview>${escapeLiterals(files.preheader)}</mj-preview>`;
  return /<mj-head\b/.test(withLanguage)
    ? withLanguage.replace(/<mj-head\b[^>]*>/, (head) => head + preview)
    : withLanguage.replace(/<mjml\b[^>]*>/, (root) => `${root}<mj-head>${preview}</mj-head>`);
}

function escapeLiterals(template: string): string {
  const { text, expressions } = mask(template);
  return unmask(text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'), expressions);
}

async function textPart(files: MailFiles, html: string): Promise<{ text: string; findings: FileFinding[] }> {
  const file = files.text ?? files.mjml;
  const text = files.text === undefined ? await toText(html) : (await files.readFile(files.text)).trimEnd() + '\n';
  if (files.text === undefined) return { text, findings: [] };
  const { findings, always } = inspectTemplate(text, files.vocabulary);
  const placedFindings: FileFinding[] = findings.map((finding) => ({ ...finding, file }));
  if (!always.has('unsubscribeUrl')) placedFindings.push({ file, ...missingOptOut('{{unsubscribeUrl}}') });
  if (!always.has('company.postalAddress')) placedFindings.push({ file, ...missingAddress });
  return { text, findings: placedFindings };
}

async function toText(html: string): Promise<string> {
  const { convert } = await import('html-to-text');
  const { text, expressions } = mask(html);
  const plain = convert(text, { wordwrap: false, selectors: [{ selector: 'img', format: 'skip' }] });
  return `${unmask(plain, expressions).trim()}\n`;
}

function missingOptOut(example: string): Finding {
  return {
    what: 'there is no link to unsubscribe that every reader sees',
    fix: `add ${example} outside of any {{#if}}`,
    severity: 'error',
  };
}

const missingAddress: Finding = {
  what: 'there is no postal address that every reader sees',
  fix: 'add {{company.postalAddress}} outside of any {{#if}}',
  severity: 'error',
};

function placed(finding: Finding, included: Included, file: string): FileFinding {
  const origin = finding.line === undefined ? undefined : included.origin[finding.line - 1];
  return origin ? { ...finding, file: origin.file, line: origin.line } : { ...finding, file };
}

/** The compiled HTML has other lines: looks for what the finding quotes in the source. */
function withLine(finding: Finding, source: string): Finding {
  const quoted = /"([^"]{4,})"|(\{\{[^}]+\}\})/.exec(finding.what);
  const needle = quoted?.[1]?.split('{{')[0] ?? quoted?.[2];
  const offset = needle ? source.indexOf(needle) : -1;
  return offset < 0 ? finding : { ...finding, line: source.slice(0, offset).split('\n').length };
}
