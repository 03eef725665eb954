import type { Db } from '../connect.ts';

/** One attribute that the users have, as imports saw it. */
export interface AttributeEntry {
  name: string;
  type: 'number' | 'boolean' | 'date' | 'string';
}

/** The catalogue of user attributes that types the filters, by name. */
export function attributeCatalogue(db: Db): Promise<AttributeEntry[]> {
  return db('attributes').orderBy('name').select<AttributeEntry[]>('name', 'type');
}
