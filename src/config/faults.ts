import { existsSync } from 'node:fs';
import { VARIABLES, type Values, type VariableName, type Variable } from './variables.ts';

/** Parses every variable that is set (an empty one counts as unset); the faults name shape and fix, never a value. */
export function parseVariables(env: NodeJS.ProcessEnv): { values: Values; faults: string[] } {
  const values: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const [name, variable] of Object.entries<Variable>(VARIABLES)) {
    const text = env[name]?.trim();
    if (text === undefined || text === '') continue;
    const parsed = variable.schema.safeParse(text);
    if (parsed.success) values[name] = parsed.data;
    else faults.push(`${name} must be ${variable.shape}`);
  }
  return { values, faults };
}

/** Names that only make sense together. */
const TOGETHER: VariableName[][] = [
  ['TEMPORAL_TLS_CERT', 'TEMPORAL_TLS_KEY'],
  ['DKIM_DOMAIN', 'DKIM_SELECTOR', 'DKIM_PRIVATE_KEY'],
  ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN'],
  ['VAPID_PUBLIC_KEY', 'VAPID_PRIVATE_KEY', 'VAPID_SUBJECT'],
  ['FCM_PROJECT_ID', 'FCM_CREDENTIALS'],
  ['OPERATOR_WEBHOOK_URL', 'OPERATOR_WEBHOOK_SECRET'],
];

const FILES: VariableName[] = ['TEMPORAL_TLS_CERT', 'TEMPORAL_TLS_KEY', 'FCM_CREDENTIALS'];

/** What is wrong between the variables: halves of pairs, files that are not there, too many senders. */
export function relationFaults(values: Values, env: NodeJS.ProcessEnv): string[] {
  const isSet = (name: VariableName): boolean => (env[name]?.trim() ?? '') !== '';
  const faults = TOGETHER.flatMap((names) => {
    const missing = names.filter((name) => !isSet(name));
    const present = names.filter(isSet);
    return present.length > 0 && missing.length > 0
      ? [`${missing.join(' and ')} must be set beside ${present.join(' and ')}`]
      : [];
  });
  for (const name of FILES) {
    const path = values[name];
    if (typeof path === 'string' && !existsSync(path)) faults.push(`${name} names a file that is not there`);
  }
  const senders = [values.TWILIO_FROM, values.TWILIO_MESSAGING_SERVICE_SID].filter((sender) => sender !== undefined);
  if (values.TWILIO_ACCOUNT_SID !== undefined && senders.length !== 1) {
    faults.push('set one of TWILIO_FROM and TWILIO_MESSAGING_SERVICE_SID beside TWILIO_ACCOUNT_SID');
  }
  return faults;
}
