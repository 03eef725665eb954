import { warningsTable } from '../../../db/queries/imports/warnings.ts';
import { checkId, remembered, sameAsLast, splitList } from '../fields/field.ts';
import { checkTime } from '../fields/iso-time.ts';
import { checkScore } from '../fields/number.ts';
import { hasUnstorable } from '../reading/json-rows.ts';
import { arrayLiteral, checked, must, refuse, type KindDefinition } from './kind.ts';

/** How far a model's clock may be ahead of ours. */
const AHEAD_MS = 5 * 60_000;

/** warnings.csv: who is about to leave, by which model, why, and until when that holds. */
export const warnings: KindDefinition = {
  columns: {
    required: ['user_id', 'score', 'segment', 'raised_at', 'expires_at'],
    optional: ['reasons', 'model', 'evidence'],
    extras: null,
  },
  table: warningsTable,
  createCheck({ now, options }) {
    const nowMs = now.getTime();
    const checkRaised = sameAsLast(checkTime);
    const checkExpires = sameAsLast(checkTime);
    const readReasons = remembered((text) => ({ value: arrayLiteral(splitList(text)) }));
    const check = checked(({ cells }) => {
      const [userId, score, segment, raisedAt, expiresAt, reasons, model, evidence] = cells;
      const raised = must('raised_at', raisedAt, checkRaised(raisedAt));
      const expires = must('expires_at', expiresAt, checkExpires(expiresAt));
      if (raised.ms > nowMs + AHEAD_MS) {
        refuse('raised_at', raisedAt, 'lies in the future: check the clock and the offset of what wrote it');
      }
      if (expires.ms <= raised.ms) refuse('expires_at', expiresAt, 'is not after raised_at: check both times');
      if (expires.ms <= nowMs && !options.allowExpired) {
        refuse(
          'expires_at',
          expiresAt,
          'the warning has expired: leave it out, or import history with --allow-expired',
        );
      }
      return [
        must('user_id', userId, checkId(userId)),
        model?.trim() ? must('model', model, checkId(model)) : 'default',
        must('score', score, checkScore(score)),
        must('segment', segment, checkId(segment)),
        must('reasons', reasons, readReasons(reasons ?? '')),
        readEvidence(evidence),
        raised.text,
        expires.text,
      ];
    });
    return { check };
  },
};

/** JSON as it is, any other text as a JSON string. */
function readEvidence(cell: string | undefined): string | null {
  const text = cell?.trim() ?? '';
  if (text === '') return null;
  if (hasUnstorable(text)) return refuse('evidence', cell, 'contains a NUL or half a surrogate pair: take it away');
  if (/^[[{"]/.test(text) && isJson(text)) return text;
  return JSON.stringify(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
