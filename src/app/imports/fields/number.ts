import { currencyExponent } from '../../../domain/money.ts';
import type { Checked } from './field.ts';

const DECIMAL = /^-?\d{1,15}(?:\.\d+)?$/;

/** A score from 0 to 1, as PostgreSQL reads it. */
export function checkScore(text: string | undefined): Checked<string> {
  const value = text?.trim() ?? '';
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value)) {
    return {
      reason: value === '' ? 'the score is missing: write a number from 0 to 1' : 'not a number: write one from 0 to 1',
    };
  }
  const score = Number(value);
  if (score >= 0 && score <= 1) return { value: String(score) };
  const hint = score > 1 && score <= 100 ? ' (divide percentages by 100)' : '';
  return { reason: `outside 0 to 1: write a number from 0 to 1${hint}` };
}

/** A probability above 0 and up to 1. */
export function checkProbability(text: string | undefined): Checked<string> {
  const result = checkScore(text);
  if ('value' in result && Number(result.value) > 0) return result;
  return { reason: 'not a probability: write a number above 0 and up to 1' };
}

/** An ISO 4217 code in capitals. */
export function checkCurrency(text: string): Checked<string> {
  const value = text.trim().toUpperCase();
  if (KNOWN.has(value)) return { value };
  return { reason: 'no ISO 4217 currency: write a code such as CNY or USD' };
}

const KNOWN = new Set(Intl.supportedValuesOf('currency'));

/** Major units in decimals as integer minor units of the currency (rule 12); too many decimals are refused, never rounded. */
export function checkMoney(text: string, currency: string): Checked<string> {
  const value = text.trim();
  if (!DECIMAL.test(value)) return { reason: 'not an amount: write it such as 12.50, without thousands separators' };
  const exponent = currencyExponent(currency);
  const [whole = '', fraction = ''] = value.split('.');
  const digits = fraction.replace(/0+$/, '');
  if (digits.length > exponent) {
    return { reason: `more than ${exponent} decimals for ${currency}: write the amount in ${currency}, exact` };
  }
  const minor = `${whole}${digits.padEnd(exponent, '0')}`;
  if (!Number.isSafeInteger(Number(minor))) return { reason: 'the amount is too large: check it' };
  return { value: String(BigInt(minor)) };
}
