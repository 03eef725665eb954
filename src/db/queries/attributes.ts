import type { AttributeType } from '../../policy/filters/compile-filter.ts';
import type { Db } from '../connect.ts';

/** The catalogue of user attributes that types the filters, by name. */
export function attributeCatalogue(db: Db): Promise<AttributeType[]> {
  return db('attributes').orderBy('name').select<AttributeType[]>('name', 'type');
}
