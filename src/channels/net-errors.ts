// Codes that can only come before anything was written.
const BEFORE_THE_WRITE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
]);

/** The code of a network error, its own or that of what caused it. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause === undefined ? 'unknown' : errorCode(error.cause);
}

/** True when the request cannot have reached the other end: refused, no such host, or the connection never came about. */
export function neverWritten(error: unknown): boolean {
  if (BEFORE_THE_WRITE.has(errorCode(error))) return true;
  if (!(error instanceof Error)) return false;
  const syscall = 'syscall' in error ? error.syscall : undefined;
  return syscall === 'connect' || syscall === 'getaddrinfo' || (error.cause !== undefined && neverWritten(error.cause));
}

/** True when TLS failed: the other end isn't who it should be, and asking again won't help. */
export function isCertificateError(error: unknown): boolean {
  return isCertificateCode(errorCode(error));
}

/** The same for a bare code. */
export function isCertificateCode(code: string): boolean {
  return /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(code);
}
