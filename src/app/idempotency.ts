export { claimKey, keepAnswer, releaseKey, type KeyedRequest } from '../db/queries/idempotency.ts';
