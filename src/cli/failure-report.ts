import { CommanderError } from 'commander';
import pc from 'picocolors';
import { RecallwaveError, UnreachableError } from '../domain/failures.ts';

interface FailureReport {
  /** A FailureType, or Unreachable, Usage, Database, Unexpected. */
  type: string;
  message: string;
  fix: string | undefined;
}

/** Writes `error: …` and `fix: …`, or one JSON document, to stderr; the stack only with `verbose`. */
export function reportFailure(error: unknown, options: { json: boolean; verbose: boolean }): void {
  const report = describeFailure(error);
  if (options.json) {
    process.stderr.write(`${JSON.stringify({ error: report })}\n`);
  } else {
    const { red, green } = pc.createColors(process.stderr.isTTY);
    const fix = report.fix === undefined ? '' : `${green('fix:')} ${report.fix}\n`;
    process.stderr.write(`${red('error:')} ${report.message}\n${fix}`);
  }
  if (options.verbose && error instanceof Error) process.stderr.write(`${error.stack}\n`);
}

/** What went wrong, in words for a person, and what to do about it. */
export function describeFailure(error: unknown): FailureReport {
  if (error instanceof RecallwaveError) return { type: error.type, message: error.message, fix: error.fix };
  if (error instanceof UnreachableError) return { type: 'Unreachable', message: error.message, fix: error.fix };
  if (error instanceof CommanderError) {
    return {
      type: 'Usage',
      message: error.message.replace(/^error: /, ''),
      fix: 'recallwave --help lists what there is',
    };
  }
  if (!(error instanceof Error)) return { type: 'Unexpected', message: String(error), fix: undefined };
  return systemFailure(error) ?? temporalFailure(error) ?? unexpected(error);
}

interface SystemError extends Error {
  code?: string;
  path?: string;
  severity?: string;
  address?: string;
  port?: number;
  hostname?: string;
}

const FILE_FAULTS: Record<string, string> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is no folder',
  ENOSPC: 'the disk is full',
  EROFS: 'the file system is read-only',
};

const NETWORK_FAULTS = ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'EPIPE'];

/** gRPC's DEADLINE_EXCEEDED and UNAVAILABLE: Temporal went away in the middle. */
const SILENT = [4, 14];

function temporalFailure(error: Error): FailureReport | undefined {
  const code = (error.cause as { code?: unknown } | undefined)?.code;
  if (error.name !== 'ServiceError' || !SILENT.includes(Number(code))) return undefined;
  return { type: 'Unreachable', message: 'Temporal stopped answering', fix: 'check that it is running and try again' };
}

function systemFailure(error: SystemError): FailureReport | undefined {
  const { code } = error;
  if (code === undefined) return undefined;
  const fileFault = FILE_FAULTS[code];
  if (fileFault !== undefined) {
    return {
      type: 'BadInput',
      message: `${error.path ?? 'a file'}: ${fileFault}`,
      fix: 'check the path and its permissions',
    };
  }
  if (NETWORK_FAULTS.includes(code)) {
    const place = error.address ?? error.hostname;
    const where = place === undefined ? 'a server' : `${place}${error.port === undefined ? '' : `:${error.port}`}`;
    return {
      type: 'Unreachable',
      message: `lost the connection to ${where} (${code})`,
      fix: 'check that it is running and try again',
    };
  }
  if (error.severity !== undefined) {
    return {
      type: 'Database',
      message: `PostgreSQL said: ${serverWords(error)} (${code})`,
      fix: 'run it again with --verbose to see where',
    };
  }
  return undefined;
}

/** knex puts the whole statement in front of the server's own words. */
function serverWords(error: Error): string {
  return firstLine(error.message.slice(error.message.lastIndexOf(' - ') + 1).replace(/^- /, ''));
}

function unexpected(error: Error): FailureReport {
  const message = firstLine(error.message) || error.name;
  return { type: 'Unexpected', message, fix: 'run it again with --verbose for the details' };
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.trim() ?? '';
}
