/** The configuration of one process: parsed once from the environment, frozen (see read-config.ts). */
export interface Config {
  /** Where embedded data live; RECALLWAVE_HOME, default `.recallwave` in the current folder. */
  home: string;
  /** undefined: embedded PostgreSQL. */
  databaseUrl: string | undefined;
  temporal: {
    /** undefined: embedded server. */
    address: string | undefined;
    namespace: string;
    apiKey: string | undefined;
    tls: { certPath: string; keyPath: string } | boolean;
    /** Prefix of the task queues, default `recallwave`. */
    queuePrefix: string;
  };
  /** Base of links and callbacks; default http://127.0.0.1:<apiPort>. */
  publicUrl: string;
  apiPort: number;
  /** Wrong tokens, keys and sessions that one address may try a minute; default 30. */
  guessesPerMinute: number;
  /** Key of link and unsubscribe tokens; embedded installations keep one in `home`. */
  linkSecret: string;
  /** True only by RECALLWAVE_LIVE=1 or --live: without it credentials are not used and every channel goes to its stand-in. */
  live: boolean;
  smtp: { url: string; dkim: { domain: string; selector: string; privateKey: string } | undefined } | undefined;
  twilio:
    | { accountSid: string; authToken: string; from: string | undefined; messagingServiceSid: string | undefined }
    | undefined;
  vapid: { publicKey: string; privateKey: string; subject: string } | undefined;
  fcm: { projectId: string; credentialsPath: string } | undefined;
  /** Hosts that web-push endpoints may have, beside the well-known push services. */
  pushHosts: string[];
  /** Lease of a claimed message in seconds; default 60, tests shorten it. */
  leaseSeconds: number;
  /** Sends in flight per channel. */
  concurrency: { email: number; sms: number; push: number; task: number };
  /** Addresses of the local stand-ins when `live` is off. */
  standIns: { smtpPort: number; httpPort: number; host: string; folder: string };
  operatorWebhook: { url: string; secret: string } | undefined;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
}
