import type { EvidenceCell, LearnInput } from '../domain/learning.ts';
import type { CampaignRead, GuardrailRead } from '../domain/read.ts';
import { newcombe } from '../experiments/proportions.ts';

/** What decides whether an inferior guardrail of the read still speaks against the policies of today. */
export interface HarmFacts {
  read: Pick<CampaignRead, 'guardrails'>;
  evidence: readonly EvidenceCell[];
  cooldownWeeks: number;
  /** Whole weeks since a policy of the action last retreated; null: none ever did. */
  weeksSinceRetreat: (action: string) => number | null;
}

/**
 * The inferior guardrails for which policies have to retreat. A read counts every entry there ever was: after a retreat only
 * entries opened since then may call for the next one, or old harm would take back one band after the other for ever.
 */
export function standingHarm(facts: HarmFacts): LearnInput['inferiorGuardrails'] {
  return facts.read.guardrails
    .filter((guardrail) => guardrail.verdict === 'inferior' && stands(facts, guardrail))
    .map(({ action, sentence }) => ({ action, sentence }));
}

function stands(facts: HarmFacts, guardrail: GuardrailRead): boolean {
  const since = facts.weeksSinceRetreat(guardrail.action);
  if (since === null) return true;
  const count = COUNTS[guardrail.metric];
  if (count === undefined) return since >= facts.cooldownWeeks;
  const recent = facts.evidence.filter((cell) => cell.action === guardrail.action && cell.ageWeeks < since);
  const sums = (treated: boolean): { converted: number; entries: number } => {
    const side = recent.filter((cell) => cell.treated === treated);
    return { converted: total(side, count), entries: total(side, (cell) => cell.entries) };
  };
  const [treated, heldOut] = [sums(true), sums(false)];
  if (treated.entries === 0 || heldOut.entries === 0) return false;
  return newcombe(treated, heldOut).low > (guardrail.margin ?? 0);
}

/** Guardrails that the evidence counts too; others (refunds) wait for a whole window. */
const COUNTS: Record<string, (cell: EvidenceCell) => number> = {
  unsubscribe: (cell) => cell.unsubscribed,
  complaint: (cell) => cell.complained,
};

function total(cells: readonly EvidenceCell[], amount: (cell: EvidenceCell) => number): number {
  return cells.reduce((sum, cell) => sum + amount(cell), 0);
}
