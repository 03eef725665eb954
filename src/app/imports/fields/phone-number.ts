import { isPossiblePhoneNumber, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';
import type { Checked } from './field.ts';

const FIX = 'write it with + and the country code, such as +8613812345678';

/**
 * A check of phone numbers that gives E.164; numbers without + are read as of `defaultCountry` (ISO 3166).
 * Numbers already in E.164 take a short way: whether one is possible depends on country code and length alone.
 */
export function createPhoneCheck(defaultCountry: string | undefined): (text: string) => Checked<string> {
  const possible = new Map<string, boolean>();
  const isPossible = (number: string): boolean => {
    const key = number.slice(0, 4) + number.length;
    let answer = possible.get(key);
    if (answer === undefined) possible.set(key, (answer = isPossiblePhoneNumber(number)));
    return answer;
  };
  return (text) => {
    const value = text.trim();
    if (value.length > 40) return { reason: `longer than a phone number: ${FIX}` };
    const plain = /^\+[1-9]\d{6,14}$/.test(value) ? value : value.replaceAll(/[\s().\-/]/g, '');
    if (/^\+[1-9]\d{6,14}$/.test(plain) && isPossible(plain)) return { value: plain };
    return slowly(value, defaultCountry);
  };
}

function slowly(value: string, defaultCountry: string | undefined): Checked<string> {
  if (!value.startsWith('+') && !defaultCountry) {
    return { reason: `no country code: ${FIX}, or set defaultCountry in the settings` };
  }
  const parsed = parsePhoneNumberFromString(value, defaultCountry as CountryCode | undefined);
  if (parsed?.ext) return { reason: `has an extension: ${FIX}` };
  if (parsed?.isPossible()) return { value: parsed.number };
  const country = value.startsWith('+') ? '' : ` in ${defaultCountry}`;
  return { reason: `not a possible phone number${country}: ${FIX}` };
}
