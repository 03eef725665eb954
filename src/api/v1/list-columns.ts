import type { z } from 'zod';
import type { CsvColumns } from './csv.ts';
import type { messageLine } from './schemas/messages.ts';
import type { readLine } from './schemas/results.ts';
import type { waveSummary, wayLine } from './schemas/waves.ts';

/** Waves as CSV. */
export const WAVE_COLUMNS: CsvColumns<z.infer<typeof waveSummary>> = [
  ['wave_no', (row) => row.waveNo],
  ['campaign', (row) => row.campaignId],
  ['local_date', (row) => row.localDate],
  ['version', (row) => row.version],
  ['state', (row) => row.state],
  ['state_reason', (row) => row.stateReason],
  ['trigger', (row) => row.trigger],
  ['audience', (row) => row.audience],
  ['reserved_minor', (row) => row.reservedMinor],
  ['decision_at', (row) => row.decisionAt],
  ['finished_at', (row) => row.finishedAt],
  ['actor', (row) => row.actor],
];

/** Users of a wave as CSV. */
export const WAY_COLUMNS: CsvColumns<z.infer<typeof wayLine>> = [
  ['step', (row) => row.step],
  ['user_id', (row) => row.userId],
  ['disposition', (row) => row.disposition],
  ['rung', (row) => row.rung],
  ['reason', (row) => row.reason],
  ['channel', (row) => row.channel],
  ['planned_at', (row) => row.plannedAt],
  ['assignment', (row) => row.assignment],
  ['action', (row) => row.action],
  ['arm', (row) => row.arm],
  ['message_no', (row) => row.messageNo],
  ['state', (row) => row.state],
];

/** Messages of a wave as CSV. */
export const MESSAGE_COLUMNS: CsvColumns<z.infer<typeof messageLine>> = [
  ['message_no', (row) => row.messageNo],
  ['delivery_id', (row) => row.deliveryId],
  ['user_id', (row) => row.userId],
  ['step', (row) => row.step],
  ['channel', (row) => row.channel],
  ['action', (row) => row.action],
  ['arm', (row) => row.arm],
  ['state', (row) => row.state],
  ['state_reason', (row) => row.stateReason],
  ['planned_at', (row) => row.plannedAt],
  ['accepted_at', (row) => row.acceptedAt],
  ['tries', (row) => row.tries],
  ['cost_minor', (row) => row.costMinor],
  ['evidence', (row) => row.lastAttempt?.evidence ?? null],
];

/** Kept reads as CSV. */
export const READ_COLUMNS: CsvColumns<z.infer<typeof readLine>> = [
  ['read_no', (row) => row.readNo],
  ['as_of', (row) => row.asOf],
  ['by', (row) => row.by],
  ['decision', (row) => row.decision],
  ['sentence', (row) => row.sentence],
  ['actor', (row) => row.actor],
  ['at', (row) => row.at],
];
