import type { Channel } from '../../channels/channel.ts';
import type { Config } from '../../config/config.ts';
import type { Db } from '../../db/connect.ts';
import type { Metrics } from '../../domain/metrics.ts';
import type { ChannelName } from '../../domain/words.ts';
import type { RetryPolicy } from '../../policy/retry.ts';

/** Moments of a delivery at which tests end the process. Production passes none. */
export const FAULT_NAMES = [
  'after-claim',
  'before-intent-commit',
  'after-intent-commit',
  'after-250-before-commit',
  'after-commit-before-result',
  'in-reconcile',
] as const;
export type FaultName = (typeof FAULT_NAMES)[number];

export interface FaultPoints {
  hit(name: FaultName): void;
}

/** What deliveries log: ids and codes, never who a person is. A pino logger is one. */
export interface DeliveryLog {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
}

/** All that the delivery activities touch. */
export interface DeliveryDeps {
  db: Db;
  channels: ReadonlyMap<ChannelName, Channel>;
  config: Pick<Config, 'publicUrl' | 'linkSecret' | 'leaseSeconds' | 'operatorWebhook'>;
  /** The business clock (rule 6); leases run by the database's. */
  now(): Date;
  logger: DeliveryLog;
  metrics?: Metrics;
  fault?: FaultPoints;
  /** Replaces RETRY. */
  retry?: RetryPolicy;
}
