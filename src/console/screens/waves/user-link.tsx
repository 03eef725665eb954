import type { ReactNode } from 'react';
import { AppLink } from '../../parts/app-link.tsx';

/** A user by the company's id; an erased one has only their number left. */
export function UserLink({ userNo, userId }: { userNo: number; userId: string | null }): ReactNode {
  if (userId === null) return <>#{userNo}</>;
  return <AppLink to={`/users/${encodeURIComponent(userId)}`}>{userId}</AppLink>;
}
