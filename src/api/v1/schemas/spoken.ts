import { z } from 'zod';

/** A sentence for people: answered in the language of the session's person, else in that of Accept-Language. */
export const spoken = z.string().meta({ 'x-spoken': true });
