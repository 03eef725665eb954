import { RecallwaveError } from '../../domain/failures.ts';
import { checkEmail } from '../imports/fields/email-address.ts';
import { createPhoneCheck } from '../imports/fields/phone-number.ts';

/** Channels on which a test can be sent to an address. */
export type TestChannel = 'email' | 'sms';

/** A test goes to a few people: more than this is a wave. */
const MAX_RECIPIENTS = 20;

/** The addresses of a seed list: one a line, `#` begins a remark. */
export function readSeedList(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '');
}

/** Recipients in their normal form, each once. `country` (ISO 3166) reads numbers without +. Throws BadInput. */
export function checkRecipients(input: {
  channel: TestChannel;
  to: readonly string[];
  country: string | undefined;
}): string[] {
  const check = input.channel === 'email' ? checkEmail : createPhoneCheck(input.country);
  const recipients = new Set<string>();
  for (const text of input.to) {
    const checked = check(text);
    if ('reason' in checked) throw new RecallwaveError('BadInput', `--to ${text}: ${checked.reason}`);
    recipients.add(checked.value);
  }
  if (recipients.size === 0) {
    throw new RecallwaveError('BadInput', 'there is no recipient', 'name some with --to ADDRESS or --seeds FILE');
  }
  if (recipients.size > MAX_RECIPIENTS) {
    throw new RecallwaveError(
      'BadInput',
      `${recipients.size} recipients are too many for a test`,
      `send it to at most ${MAX_RECIPIENTS}`,
    );
  }
  return [...recipients];
}
