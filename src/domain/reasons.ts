import type { Rung } from './words.ts';

/**
 * Why a way ended at a rung (ways.reason, messages.state_reason). A reason may carry a detail after a colon:
 * `cap:any-day`, `priority:vip-care`.
 */
export const REASONS = {
  warned: ['warning_expired'],
  open_entry: ['open_entry', 'reentry_gap'],
  action: ['no_action'],
  score: ['below_threshold', 'above_interval'],
  consent: ['no_consent', 'no_address'],
  suppression: ['category_refused', 'suppressed'],
  returned: ['returned'],
  priority: ['priority'],
  assignment: ['global_holdout', 'holdout', 'untreated', 'control'],
  channel: ['no_channel', 'no_step'],
  caps: ['cap', 'min_gap', 'same_kind'],
  quiet_hours: ['timezone_unknown', 'no_window'],
  budget: ['budget'],
  coupon: ['coupon_pool_empty', 'coupon_already_given'],
} as const satisfies Record<Rung, readonly string[]>;
