/** Types of failures that a retry cannot mend; workflows and callers tell them apart by these names. */
export const FAILURES = ['BadInput', 'NotFound', 'WaveRefused', 'CampaignInvalid', 'ProviderStopped'] as const;
export type FailureType = (typeof FAILURES)[number];

/** An expected failure with the place and the fix, printed without a stack trace. `exitCode` 1: done with faults, 2: not done. */
export class RecallwaveError extends Error {
  readonly type: FailureType;
  readonly fix: string | undefined;
  constructor(type: FailureType, message: string, fix?: string) {
    super(message);
    this.name = 'RecallwaveError';
    this.type = type;
    this.fix = fix;
  }
}

/** A server that is needed does not answer; unlike the failures above, trying again may help. */
export class UnreachableError extends Error {
  readonly fix: string;
  constructor(message: string, fix: string) {
    super(message);
    this.name = 'UnreachableError';
    this.fix = fix;
  }
}
