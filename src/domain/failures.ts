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
