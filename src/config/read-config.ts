import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { RecallwaveError } from '../domain/failures.ts';
import type { Config } from './config.ts';
import { parseVariables, relationFaults } from './faults.ts';
import { keptLinkSecret, keptPorts } from './home-files.ts';
import type { Values } from './variables.ts';

/** What a command decides over the environment's head. */
export interface ConfigOverrides {
  /** --live */
  live?: boolean;
  /** The demo's own home. */
  home?: string;
}

/** Reads the environment once; the result is frozen. Throws BadInput that names every fault at once. */
export function readConfig(env: NodeJS.ProcessEnv, overrides: ConfigOverrides = {}): Config {
  const { values, faults } = parseVariables(env);
  faults.push(...relationFaults(values, env));
  const live = overrides.live ?? values.RECALLWAVE_LIVE ?? false;
  if (live && values.DATABASE_URL !== undefined && values.LINK_SECRET === undefined) {
    faults.push('LINK_SECRET must be set for live sends with DATABASE_URL: every process has to sign links alike');
  }
  const dkim = faults.length === 0 ? readDkim(values, faults) : undefined;
  if (faults.length > 0) {
    throw new RecallwaveError(
      'BadInput',
      faults.length === 1
        ? `configuration: ${faults[0]}`
        : `configuration, ${faults.length} faults:\n  ${faults.join('\n  ')}`,
      'correct these environment variables; docs/config.md describes each of them',
    );
  }
  return Object.freeze(
    assemble({ values, live, dkim, home: resolve(overrides.home ?? values.RECALLWAVE_HOME ?? '.recallwave/data') }),
  );
}

type Dkim = NonNullable<Config['smtp']>['dkim'];

interface Parts {
  values: Values;
  live: boolean;
  dkim: Dkim;
  home: string;
}

function assemble({ values, live, dkim, home }: Parts): Config {
  const ports = keptPorts(home);
  const apiPort = values.API_PORT ?? ports.api;
  return {
    home,
    databaseUrl: values.DATABASE_URL,
    temporal: temporalOf(values),
    publicUrl: (values.PUBLIC_URL ?? `http://127.0.0.1:${apiPort}`).replace(/\/+$/, ''),
    apiPort,
    guessesPerMinute: values.API_GUESSES_PER_MINUTE ?? 30,
    // Made on first use: most commands sign nothing, and need not write into the home.
    get linkSecret() {
      return values.LINK_SECRET ?? keptLinkSecret(home);
    },
    live,
    smtp: values.SMTP_URL === undefined ? undefined : { url: values.SMTP_URL, dkim },
    ...credentialsOf(values),
    pushHosts: (values.PUSH_HOSTS ?? '')
      .split(',')
      .map((host) => host.trim().toLowerCase())
      .filter(Boolean),
    leaseSeconds: values.LEASE_SECONDS ?? 60,
    concurrency: {
      email: values.CONCURRENCY_EMAIL ?? 20,
      sms: values.CONCURRENCY_SMS ?? 10,
      push: values.CONCURRENCY_PUSH ?? 20,
      task: values.CONCURRENCY_TASK ?? 10,
    },
    standIns: {
      host: '127.0.0.1',
      smtpPort: values.STANDIN_SMTP_PORT ?? ports.standInSmtp,
      httpPort: values.STANDIN_HTTP_PORT ?? ports.standInHttp,
      folder: resolve(home, 'stand-ins'),
    },
    logLevel: values.LOG_LEVEL ?? 'info',
  };
}

function temporalOf(values: Values): Config['temporal'] {
  const { TEMPORAL_TLS_CERT: certPath, TEMPORAL_TLS_KEY: keyPath, TEMPORAL_API_KEY: apiKey } = values;
  return {
    address: values.TEMPORAL_ADDRESS,
    namespace: values.TEMPORAL_NAMESPACE ?? 'default',
    apiKey,
    tls:
      certPath !== undefined && keyPath !== undefined
        ? { certPath, keyPath }
        : (values.TEMPORAL_TLS ?? apiKey !== undefined),
    queuePrefix: values.TEMPORAL_QUEUE_PREFIX ?? 'recallwave',
  };
}

function credentialsOf(values: Values): Pick<Config, 'twilio' | 'vapid' | 'fcm' | 'operatorWebhook'> {
  const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY, VAPID_SUBJECT } = values;
  const { FCM_PROJECT_ID, FCM_CREDENTIALS, OPERATOR_WEBHOOK_URL, OPERATOR_WEBHOOK_SECRET } = values;
  return {
    twilio:
      TWILIO_ACCOUNT_SID && TWILIO_AUTH_TOKEN
        ? {
            accountSid: TWILIO_ACCOUNT_SID,
            authToken: TWILIO_AUTH_TOKEN,
            from: values.TWILIO_FROM,
            messagingServiceSid: values.TWILIO_MESSAGING_SERVICE_SID,
          }
        : undefined,
    vapid:
      VAPID_PUBLIC_KEY && VAPID_PRIVATE_KEY && VAPID_SUBJECT
        ? { publicKey: VAPID_PUBLIC_KEY, privateKey: VAPID_PRIVATE_KEY, subject: VAPID_SUBJECT }
        : undefined,
    fcm:
      FCM_PROJECT_ID && FCM_CREDENTIALS ? { projectId: FCM_PROJECT_ID, credentialsPath: FCM_CREDENTIALS } : undefined,
    operatorWebhook:
      OPERATOR_WEBHOOK_URL && OPERATOR_WEBHOOK_SECRET
        ? { url: OPERATOR_WEBHOOK_URL, secret: OPERATOR_WEBHOOK_SECRET }
        : undefined,
  };
}

/** The key may be given as text (with `\n` written out, as many stores keep it) or as the path of a file. */
function readDkim(values: Values, faults: string[]): Dkim {
  const { DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_PRIVATE_KEY: given } = values;
  if (!domain || !selector || !given) return undefined;
  const privateKey = given.includes('-----BEGIN') ? given.replaceAll('\\n', '\n') : readKey(given);
  if (privateKey?.includes('-----BEGIN')) return { domain, selector, privateKey };
  faults.push('DKIM_PRIVATE_KEY is neither PEM text nor the path of a PEM file');
  return undefined;
}

function readKey(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
