/** What a person may do, each role including those before it. */
export const ROLES = ['viewer', 'marketer', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** True when `role` may do what `needed` may. */
export function atLeast(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/** What a key of the HTTP API may be used for. */
export const API_SCOPES = [
  'read',
  'events:write',
  'campaigns:write',
  'waves:write',
  'thresholds:write',
  'users:write',
  'imports:write',
  'admin',
] as const;
export type ApiScope = (typeof API_SCOPES)[number];
