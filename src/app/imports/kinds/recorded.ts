import { recordedTable } from '../../../db/queries/imports/recorded.ts';
import { checkId, splitList } from '../fields/field.ts';
import { checkTime } from '../fields/iso-time.ts';
import { checkCurrency, checkMoney, checkProbability, checkScore } from '../fields/number.ts';
import { checkTruth } from '../fields/truth.ts';
import type { SourceRow } from '../reading/source-row.ts';
import { arrayLiteral, checked, must, refuse, type KindDefinition } from './kind.ts';

/** Outcomes that are money: stored in minor units under this name with `_minor`. */
const MONEY = new Set(['revenue', 'margin', 'spend', 'cost']);

/** recorded.csv: a past experiment, one column per outcome. */
export const recorded: KindDefinition = {
  columns: {
    required: ['user_id', 'segment', 'score', 'arm', 'assigned_at', 'contacted'],
    optional: ['reasons', 'probability', 'currency'],
    extras: 'outcome',
  },
  table: recordedTable,
  createCheck() {
    const check = checked((row) => {
      const [userId, segment, score, arm, assignedAt, contacted, reasons, probability, currency] = row.cells;
      const wasContacted = must('contacted', contacted, checkTruth(contacted));
      if (wasContacted === null) refuse('contacted', contacted, 'the cell is empty: write true or false');
      const code = currency?.trim() ? must('currency', currency, checkCurrency(currency)) : null;
      return [
        must('user_id', userId, checkId(userId)),
        must('segment', segment, checkId(segment)),
        arrayLiteral(splitList(reasons)),
        must('score', score, checkScore(score)),
        must('arm', arm, checkId(arm)),
        must('assigned_at', assignedAt, checkTime(assignedAt)).text,
        wasContacted ? 't' : 'f',
        probability?.trim() ? must('probability', probability, checkProbability(probability)) : null,
        JSON.stringify(outcomes(row, code)),
        code,
      ];
    });
    return { check };
  },
};

function outcomes(row: SourceRow, currency: string | null): Record<string, number | boolean> {
  const found: Record<string, number | boolean> = {};
  row.extraNames.forEach((name, index) => {
    const value = row.extraValues[index] ?? null;
    if (value === null || value === '') return;
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value).trim();
    if (!MONEY.has(name)) found[name] = outcome(name, text);
    else if (currency === null) refuse('currency', '', `${name} without currency: write a code such as CNY or USD`);
    else found[`${name}_minor`] = Number(must(name, text, checkMoney(text, currency)));
  });
  return found;
}

function outcome(name: string, text: string): number | boolean {
  if (/^-?\d{1,15}(?:\.\d{1,10})?$/.test(text)) return Number(text);
  return must(name, text, checkTruth(text)) ?? refuse(name, text, 'an outcome is a number, true or false');
}
