import { recordedTable } from '../../../db/queries/imports/recorded.ts';
import { checkId, splitList } from '../fields/field.ts';
import { checkTime, type Instant } from '../fields/iso-time.ts';
import { checkCurrency, checkMoney, checkProbability, checkScore } from '../fields/number.ts';
import { checkTruth } from '../fields/truth.ts';
import type { ColumnPlan, SourceRow } from '../reading/source-row.ts';
import { arrayLiteral, checked, must, refuse, type KindDefinition } from './kind.ts';

/** Columns of recorded.csv; every other one is an outcome. */
export const RECORDED_COLUMNS: ColumnPlan = {
  required: ['user_id', 'segment', 'score', 'arm', 'assigned_at', 'contacted'],
  optional: ['reasons', 'probability', 'currency'],
  extras: 'outcome',
};

/** What a cell of an outcome column says: a count or yes/no, an amount in minor units, or when it happened. */
export type RecordedOutcome =
  | { column: string; text: string; kind: 'count'; value: number | boolean }
  | { column: string; text: string; kind: 'money'; value: number }
  | { column: string; text: string; kind: 'time'; value: Instant };

/** One row of recorded.csv, checked; `values` in the order of recordedTable's columns. */
export interface RecordedRow {
  values: (string | null)[];
  segment: string;
  reasons: string[];
  arm: string;
  assignedAt: Instant;
  contacted: boolean;
  hasProbability: boolean;
  currency: string | null;
  outcomes: RecordedOutcome[];
}

const MONEY = /^(?:.*_)?(?:revenue|margin|spend|cost|amount|refund)$/i;

/** recorded.csv: a past experiment, one column per outcome. */
export const recorded: KindDefinition = {
  columns: RECORDED_COLUMNS,
  table: recordedTable,
  createCheck: () => ({ check: checked((row) => readRecorded(row, null).values) }),
};

/** Reads a row inside a check; `currency` holds where the row names none, null: amounts must come with theirs. */
export function readRecorded(row: SourceRow, currency: string | null): RecordedRow {
  const [userId, segmentCell, score, armCell, assignedCell, contactedCell, reasonsCell, probability, currencyCell] =
    row.cells;
  const contacted = must('contacted', contactedCell, checkTruth(contactedCell));
  if (contacted === null) return refuse('contacted', contactedCell, 'the cell is empty: write true or false');
  const code = currencyCell?.trim() ? must('currency', currencyCell, checkCurrency(currencyCell)) : currency;
  const segment = must('segment', segmentCell, checkId(segmentCell));
  const reasons = splitList(reasonsCell);
  const arm = must('arm', armCell, checkId(armCell));
  const assignedAt = must('assigned_at', assignedCell, checkTime(assignedCell));
  const chance = probability?.trim() ? must('probability', probability, checkProbability(probability)) : null;
  const outcomes = readOutcomes(row, code);
  const values = [
    must('user_id', userId, checkId(userId)),
    segment,
    arrayLiteral(reasons),
    must('score', score, checkScore(score)),
    arm,
    assignedAt.text,
    contacted ? 't' : 'f',
    chance,
    storedOutcomes(outcomes),
    code,
  ];
  const hasProbability = chance !== null;
  return { values, segment, reasons, arm, assignedAt, contacted, hasProbability, currency: code, outcomes };
}

function readOutcomes(row: SourceRow, currency: string | null): RecordedOutcome[] {
  const outcomes: RecordedOutcome[] = [];
  row.extraNames.forEach((column, index) => {
    const value = row.extraValues[index] ?? null;
    const text = value !== null && typeof value === 'object' ? JSON.stringify(value) : String(value ?? '').trim();
    if (text !== '') outcomes.push(readOutcome(column, text, currency));
  });
  return outcomes;
}

function readOutcome(column: string, text: string, currency: string | null): RecordedOutcome {
  if (column.endsWith('_at')) return { column, text, kind: 'time', value: must(column, text, checkTime(text)) };
  if (!isMoney(column)) return { column, text, kind: 'count', value: countOrTruth(column, text) };
  if (currency === null) return refuse('currency', '', `${column} without currency: write a code such as CNY or USD`);
  return { column, text, kind: 'money', value: Number(must(column, text, checkMoney(text, currency))) };
}

/** True for outcomes that are amounts: revenue, margin, spend, cost, amount, refund, and names that end in _ and one of them. */
export function isMoney(column: string): boolean {
  return MONEY.test(column);
}

function countOrTruth(column: string, text: string): number | boolean {
  if (/^-?\d{1,15}(?:\.\d{1,10})?$/.test(text)) return Number(text);
  const truth = checkTruth(text);
  if ('value' in truth && truth.value !== null) return truth.value;
  return refuse(column, text, 'an outcome is a number, true or false: mend the cell, or take the column away');
}

function storedOutcomes(outcomes: readonly RecordedOutcome[]): string {
  const stored = outcomes.map(({ column, kind, value }) => {
    if (kind === 'money') return [`${column}_minor`, value] as const;
    return [column, kind === 'time' ? value.text : value] as const;
  });
  return JSON.stringify(Object.fromEntries(stored));
}
