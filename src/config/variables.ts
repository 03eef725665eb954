import { z } from 'zod';

/** One environment variable: what it is for, the shape of its value, and what holds without it. */
export interface Variable {
  purpose: string;
  /** For people: what a right value looks like. */
  shape: string;
  fallback: string;
  secret: boolean;
  schema: z.ZodType<unknown, string>;
}

const text = z.string();
const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((value) => value >= 1 && value <= 65_535);
const flag = z
  .enum(['1', 'true', 'yes', '0', 'false', 'no'])
  .transform((value) => ['1', 'true', 'yes'].includes(value));

function urlOf(...protocols: string[]) {
  return z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol.slice(0, -1)));
}

function wholeNumber(min: number, max: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= min && value <= max);
}

function open<S extends z.ZodType<unknown, string>>(schema: S, purpose: string, shape: string, fallback = 'not set') {
  return { schema, purpose, shape, fallback, secret: false } satisfies Variable;
}

function secret<S extends z.ZodType<unknown, string>>(schema: S, purpose: string, shape: string, fallback = 'not set') {
  return { schema, purpose, shape, fallback, secret: true } satisfies Variable;
}

/** Every variable that Recallwave reads; docs/config.md shows the same table. */
export const VARIABLES = {
  RECALLWAVE_HOME: open(text, 'folder of the embedded data and the stand-ins', 'a folder', '.recallwave/data'),
  RECALLWAVE_LIVE: open(flag, 'lets messages leave this machine, as --live does', '1 or 0', '0'),
  DATABASE_URL: secret(
    urlOf('postgres', 'postgresql'),
    'PostgreSQL',
    'postgres://user:password@host:port/database',
    'embedded PostgreSQL',
  ),
  TEMPORAL_ADDRESS: open(z.string().regex(/^[^\s/:]+:\d{1,5}$/), 'Temporal', 'host:port', 'embedded server'),
  TEMPORAL_NAMESPACE: open(z.string().regex(/^[\w.-]+$/), 'namespace', 'letters, digits, . _ -', 'default'),
  TEMPORAL_API_KEY: secret(text, 'API key of Temporal Cloud; turns TLS on', 'a key'),
  TEMPORAL_TLS: open(flag, 'TLS with the system’s authorities', '1 or 0', '0, or 1 with an API key'),
  TEMPORAL_TLS_CERT: open(text, 'client certificate for mutual TLS; needs TEMPORAL_TLS_KEY', 'a PEM file'),
  TEMPORAL_TLS_KEY: open(text, 'key of the client certificate; needs TEMPORAL_TLS_CERT', 'a PEM file'),
  TEMPORAL_QUEUE_PREFIX: open(
    z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
    'first part of the task queues’ names',
    'lower-case letters, digits, hyphens',
    'recallwave',
  ),
  SMTP_URL: secret(urlOf('smtp', 'smtps'), 'mail server', 'smtps://user:password@host:port', 'stand-in'),
  DKIM_DOMAIN: open(
    z.string().regex(/^[\w.-]+\.[\w-]+$/),
    'signing domain; needs the two below',
    'a domain',
    'unsigned',
  ),
  DKIM_SELECTOR: open(z.string().regex(/^[\w.-]+$/), 'DKIM selector', 'a DNS label'),
  DKIM_PRIVATE_KEY: secret(text, 'DKIM key', 'PEM text, or the path of a PEM file'),
  TWILIO_ACCOUNT_SID: open(
    z.string().regex(/^AC[0-9a-fA-F]{32}$/),
    'Twilio account; needs the token and a sender',
    'AC and 32 hex digits',
    'stand-in',
  ),
  TWILIO_AUTH_TOKEN: secret(text, 'Twilio token', 'a token'),
  TWILIO_FROM: open(
    z.string().regex(/^(\+[1-9]\d{6,14}|[A-Za-z0-9 ]{1,11})$/),
    'sender of SMS',
    'E.164 number or name',
  ),
  TWILIO_MESSAGING_SERVICE_SID: open(z.string().regex(/^MG[0-9a-fA-F]{32}$/), 'sender of SMS', 'MG and 32 hex digits'),
  VAPID_PUBLIC_KEY: open(
    z.string().regex(/^[\w-]{87}=?$/),
    'web push; needs the two below',
    '87 base64url characters',
    'stand-in',
  ),
  VAPID_PRIVATE_KEY: secret(z.string().regex(/^[\w-]{43}=?$/), 'web push', '43 base64url characters'),
  VAPID_SUBJECT: open(urlOf('mailto', 'https'), 'contact for push services', 'mailto:… or https://…'),
  FCM_PROJECT_ID: open(
    z.string().regex(/^[a-z0-9-]+$/),
    'Firebase project; needs FCM_CREDENTIALS',
    'a project id',
    'stand-in',
  ),
  FCM_CREDENTIALS: open(text, 'service account of that project', 'a JSON file'),
  PUSH_HOSTS: open(
    text,
    'more hosts that push endpoints may have',
    'hosts, separated by commas',
    'the known push services',
  ),
  PUBLIC_URL: open(
    urlOf('http', 'https'),
    'base of links and callbacks',
    'https://host',
    'http://127.0.0.1:<API_PORT>',
  ),
  API_PORT: open(
    port,
    'port of the unsubscribe page, links, /health and /metrics',
    'a port, 1 to 65535',
    '8321, or a free one',
  ),
  LINK_SECRET: secret(
    z.string().min(16),
    'signs links; the same in every process',
    'at least 16 characters',
    'kept in the home',
  ),
  LEASE_SECONDS: open(wholeNumber(1, 3600), 'lease of a claimed message', '1 to 3600 seconds', '60'),
  CONCURRENCY_EMAIL: open(wholeNumber(1, 200), 'e-mails in flight', '1 to 200', '10'),
  CONCURRENCY_SMS: open(wholeNumber(1, 200), 'SMS in flight', '1 to 200', '10'),
  CONCURRENCY_PUSH: open(wholeNumber(1, 200), 'pushes in flight', '1 to 200', '20'),
  CONCURRENCY_TASK: open(wholeNumber(1, 200), 'tasks in flight', '1 to 200', '10'),
  STANDIN_SMTP_PORT: open(port, 'port of the local mail stand-in', 'a port, 1 to 65535', '8325, or a free one'),
  STANDIN_HTTP_PORT: open(port, 'port of the local SMS and push stand-in', 'a port, 1 to 65535', '8326, or a free one'),
  OPERATOR_WEBHOOK_URL: open(urlOf('http', 'https'), 'told of halted waves; needs the secret', 'a URL'),
  OPERATOR_WEBHOOK_SECRET: secret(text, 'signs what operators are told', 'a secret'),
  LOG_LEVEL: open(
    z.enum(['debug', 'info', 'warn', 'error']),
    'how much is logged',
    'debug, info, warn or error',
    'info',
  ),
} satisfies Record<string, Variable>;

export type VariableName = keyof typeof VARIABLES;

/** The parsed values of the variables that are set. */
export type Values = { [Name in VariableName]?: z.infer<(typeof VARIABLES)[Name]['schema']> };
