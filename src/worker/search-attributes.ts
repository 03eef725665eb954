import { SEARCH_ATTRIBUTES } from '../workflows/search-attributes.ts';

/** Names of the custom search attributes, all of type Keyword. */
export const SEARCH_ATTRIBUTE_NAMES: readonly string[] = Object.values(SEARCH_ATTRIBUTES).map((key) => key.name);
