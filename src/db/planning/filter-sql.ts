import { RecallwaveError } from '../../domain/failures.ts';
import { compileFilter, FilterError, type AttributeType } from '../../policy/filters/compile-filter.ts';
import type { Sql } from '../sql.ts';

/**
 * A filter's text as SQL at a moment, null for none. Throws CampaignInvalid with the campaign's key where the attributes have
 * changed since it was published.
 */
export function filterSql(
  filter: { text: string | undefined; place: string },
  { catalogue, decisionAt }: { catalogue: AttributeType[]; decisionAt: Date },
): Sql | null {
  if (filter.text === undefined) return null;
  try {
    return compileFilter(filter.text, catalogue).toSql(decisionAt);
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    throw new RecallwaveError('CampaignInvalid', `${filter.place}: ${error.message}`, error.fix);
  }
}
