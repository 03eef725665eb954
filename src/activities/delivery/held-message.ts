import type { SendResult } from '../../channels/channel.ts';

/** A message in this process's hands. */
export interface HeldMessage {
  readonly messageNo: number;
  readonly fence: number;
  readonly waveNo: number;
  readonly notAfter: Date;
  readonly attempts: number;
  /** When our lease is over, on the clock of performance.now(); moved by intent and renewal. */
  leaseEndsAt: number;
  /** Set from the intent's commit to the result's: the provider may have it. */
  submitting: boolean;
}

/** A result on its way into the database. */
export interface RecordedResult {
  message: HeldMessage;
  result: SendResult;
}
