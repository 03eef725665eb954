import { z } from 'zod';

/** One environment variable: what it is for, the shape of its value, and what holds without it. */
export interface Variable {
  purpose: string;
  /** For people: what a right value looks like. */
  shape: string;
  /** Absent: not set. */
  fallback?: string;
  /** Shown masked. */
  secret?: true;
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

/** Every variable that Recallwave reads; docs/config.md shows the same table. */
export const VARIABLES = {
  RECALLWAVE_HOME: {
    schema: text,
    purpose: 'folder of the embedded data and the stand-ins',
    shape: 'a folder',
    fallback: '.recallwave/data',
  },
  RECALLWAVE_LIVE: {
    schema: flag,
    purpose: 'lets messages leave this machine, as --live does',
    shape: '1 or 0',
    fallback: '0',
  },
  DATABASE_URL: {
    schema: urlOf('postgres', 'postgresql'),
    purpose: 'PostgreSQL',
    shape: 'postgres://user:password@host:port/database',
    fallback: 'embedded PostgreSQL',
    secret: true,
  },
  TEMPORAL_ADDRESS: {
    schema: z.string().regex(/^[^\s/:]+:\d{1,5}$/),
    purpose: 'Temporal',
    shape: 'host:port',
    fallback: 'embedded server',
  },
  TEMPORAL_NAMESPACE: {
    schema: z.string().regex(/^[\w.-]+$/),
    purpose: 'namespace',
    shape: 'letters, digits, . _ -',
    fallback: 'default',
  },
  TEMPORAL_API_KEY: { schema: text, purpose: 'API key of Temporal Cloud; turns TLS on', shape: 'a key', secret: true },
  TEMPORAL_TLS: {
    schema: flag,
    purpose: 'TLS with the system’s authorities',
    shape: '1 or 0',
    fallback: '0, or 1 with an API key',
  },
  TEMPORAL_TLS_CERT: {
    schema: text,
    purpose: 'client certificate for mutual TLS; needs TEMPORAL_TLS_KEY',
    shape: 'a PEM file',
  },
  TEMPORAL_TLS_KEY: {
    schema: text,
    purpose: 'key of the client certificate; needs TEMPORAL_TLS_CERT',
    shape: 'a PEM file',
  },
  TEMPORAL_QUEUE_PREFIX: {
    schema: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
    purpose: 'first part of the task queues’ names',
    shape: 'lower-case letters, digits, hyphens',
    fallback: 'recallwave',
  },
  SMTP_URL: {
    schema: urlOf('smtp', 'smtps'),
    purpose: 'mail server',
    shape: 'smtps://user:password@host:port',
    fallback: 'stand-in',
    secret: true,
  },
  DKIM_DOMAIN: {
    schema: z.string().regex(/^[\w.-]+\.[\w-]+$/),
    purpose: 'signing domain; needs the two below',
    shape: 'a domain',
    fallback: 'unsigned',
  },
  DKIM_SELECTOR: { schema: z.string().regex(/^[\w.-]+$/), purpose: 'DKIM selector', shape: 'a DNS label' },
  DKIM_PRIVATE_KEY: { schema: text, purpose: 'DKIM key', shape: 'PEM text, or the path of a PEM file', secret: true },
  TWILIO_ACCOUNT_SID: {
    schema: z.string().regex(/^AC[0-9a-fA-F]{32}$/),
    purpose: 'Twilio account; needs the token and a sender',
    shape: 'AC and 32 hex digits',
    fallback: 'stand-in',
  },
  TWILIO_AUTH_TOKEN: { schema: text, purpose: 'Twilio token', shape: 'a token', secret: true },
  TWILIO_FROM: {
    schema: z.string().regex(/^(\+[1-9]\d{6,14}|[A-Za-z0-9 ]{1,11})$/),
    purpose: 'sender of SMS',
    shape: 'E.164 number or name',
  },
  TWILIO_MESSAGING_SERVICE_SID: {
    schema: z.string().regex(/^MG[0-9a-fA-F]{32}$/),
    purpose: 'sender of SMS',
    shape: 'MG and 32 hex digits',
  },
  VAPID_PUBLIC_KEY: {
    schema: z.string().regex(/^[\w-]{87}=?$/),
    purpose: 'web push; needs the two below',
    shape: '87 base64url characters',
    fallback: 'stand-in',
  },
  VAPID_PRIVATE_KEY: {
    schema: z.string().regex(/^[\w-]{43}=?$/),
    purpose: 'web push',
    shape: '43 base64url characters',
    secret: true,
  },
  VAPID_SUBJECT: {
    schema: urlOf('mailto', 'https'),
    purpose: 'contact for push services',
    shape: 'mailto:… or https://…',
  },
  FCM_PROJECT_ID: {
    schema: z.string().regex(/^[a-z0-9-]+$/),
    purpose: 'Firebase project; needs FCM_CREDENTIALS',
    shape: 'a project id',
    fallback: 'stand-in',
  },
  FCM_CREDENTIALS: { schema: text, purpose: 'service account of that project', shape: 'a JSON file' },
  PUSH_HOSTS: {
    schema: text,
    purpose: 'more hosts that push endpoints may have',
    shape: 'hosts, separated by commas',
    fallback: 'the known push services',
  },
  PUBLIC_URL: {
    schema: urlOf('http', 'https'),
    purpose: 'base of links and callbacks',
    shape: 'https://host',
    fallback: 'http://127.0.0.1:<API_PORT>',
  },
  API_PORT: {
    schema: port,
    purpose: 'port of the unsubscribe page, links, /health and /metrics',
    shape: 'a port, 1 to 65535',
    fallback: '8321, or a free one',
  },
  API_GUESSES_PER_MINUTE: {
    schema: wholeNumber(1, 1_000_000),
    purpose: 'wrong tokens, keys and sessions that one address may try a minute, a third as many log-ins',
    shape: '1 to 1000000',
    fallback: '30',
  },
  LINK_SECRET: {
    schema: z.string().min(16),
    purpose: 'signs links; the same in every process',
    shape: 'at least 16 characters',
    fallback: 'kept in the home',
    secret: true,
  },
  LEASE_SECONDS: {
    schema: wholeNumber(1, 3600),
    purpose: 'lease of a claimed message',
    shape: '1 to 3600 seconds',
    fallback: '60',
  },
  CONCURRENCY_EMAIL: { schema: wholeNumber(1, 200), purpose: 'e-mails in flight', shape: '1 to 200', fallback: '20' },
  CONCURRENCY_SMS: { schema: wholeNumber(1, 200), purpose: 'SMS in flight', shape: '1 to 200', fallback: '10' },
  CONCURRENCY_PUSH: { schema: wholeNumber(1, 200), purpose: 'pushes in flight', shape: '1 to 200', fallback: '20' },
  CONCURRENCY_TASK: { schema: wholeNumber(1, 200), purpose: 'tasks in flight', shape: '1 to 200', fallback: '10' },
  STANDIN_SMTP_PORT: {
    schema: port,
    purpose: 'port of the local mail stand-in',
    shape: 'a port, 1 to 65535',
    fallback: '8325, or a free one',
  },
  STANDIN_HTTP_PORT: {
    schema: port,
    purpose: 'port of the local SMS and push stand-in',
    shape: 'a port, 1 to 65535',
    fallback: '8326, or a free one',
  },
  OPERATOR_WEBHOOK_URL: {
    schema: urlOf('http', 'https'),
    purpose: 'told of halted waves; needs the secret',
    shape: 'a URL',
  },
  OPERATOR_WEBHOOK_SECRET: { schema: text, purpose: 'signs what operators are told', shape: 'a secret', secret: true },
  LOG_LEVEL: {
    schema: z.enum(['debug', 'info', 'warn', 'error']),
    purpose: 'how much is logged',
    shape: 'debug, info, warn or error',
    fallback: 'info',
  },
} satisfies Record<string, Variable>;

export type VariableName = keyof typeof VARIABLES;

/** The parsed values of the variables that are set. */
export type Values = { [Name in VariableName]?: z.infer<(typeof VARIABLES)[Name]['schema']> };
