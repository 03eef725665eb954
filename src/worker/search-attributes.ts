import type { Connection } from '@temporalio/client';
import { SEARCH_ATTRIBUTES } from '../workflows/search-attributes.ts';

/** INDEXED_VALUE_TYPE_KEYWORD of temporal.api.enums.v1. */
const KEYWORD = 2;

/** Names of the custom search attributes, all of type Keyword. */
export const SEARCH_ATTRIBUTE_NAMES: readonly string[] = Object.values(SEARCH_ATTRIBUTES).map((key) => key.name);

/**
 * Registers the search attributes that the server lacks; true when it knows them all afterwards. Temporal Cloud lets only
 * its own console add them: waves then run without.
 */
export async function ensureSearchAttributes(connection: Connection, namespace: string): Promise<boolean> {
  try {
    const known = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = SEARCH_ATTRIBUTE_NAMES.filter((name) => known.customAttributes[name] === undefined);
    if (missing.length === 0) return true;
    const searchAttributes = Object.fromEntries(missing.map((name) => [name, KEYWORD]));
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
    return true;
  } catch {
    return false;
  }
}
