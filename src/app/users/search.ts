import type { Db } from '../../db/connect.ts';
import { SEARCHED, usersAfter, usersNamed, type Searched, type UserLine } from '../../db/queries/user-pages.ts';

export type { UserLine } from '../../db/queries/user-pages.ts';

/** Where a list of users goes on: after a number (`all`), or after a name of one kind. */
export type UserPosition = { by: 'all'; userNo: number } | { by: Searched; name: string; userNo: number };

/** A user of a list, and the position after him. */
export interface PlacedUser {
  line: UserLine;
  position: UserPosition;
}

/** At most `limit` users: all in order of import, or those whose id, then address, then number begins like `query`. */
export async function searchUsers(
  db: Db,
  input: { query?: string | undefined; after: UserPosition | null; limit: number },
): Promise<PlacedUser[]> {
  const { query, after, limit } = input;
  if (query === undefined) {
    const found = await usersAfter(db, { afterNo: after?.userNo ?? 0, limit });
    return found.map((line) => ({ line, position: { by: 'all', userNo: line.userNo } }));
  }
  const placed: PlacedUser[] = [];
  const from = after === null || after.by === 'all' ? 0 : SEARCHED.indexOf(after.by);
  for (const by of SEARCHED.slice(from)) {
    if (placed.length >= limit) break;
    const on = after !== null && after.by !== 'all' && after.by === by ? after : null;
    const found = await usersNamed(db, { by, beginning: query, after: on, limit: limit - placed.length });
    placed.push(
      ...found.map(({ name, ...line }): PlacedUser => ({ line, position: { by, name, userNo: line.userNo } })),
    );
  }
  return placed;
}
