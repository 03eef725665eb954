import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Ports of one installation on 127.0.0.1, the same at each start. */
export interface Ports {
  api: number;
  standInSmtp: number;
  standInHttp: number;
  postgres: number;
  temporal: number;
}

export const DEFAULT_PORTS: Ports = { api: 8321, standInSmtp: 8325, standInHttp: 8326, postgres: 8332, temporal: 8333 };

const portsFile = (home: string): string => join(home, 'ports.json');

/** The ports kept in `home`; the defaults where none are kept yet. */
export function keptPorts(home: string): Ports {
  return { ...DEFAULT_PORTS, ...readPorts(portsFile(home)) };
}

/** Keeps `ports` for the next start. */
export function keepPorts(home: string, ports: Ports): void {
  writeFileSync(portsFile(home), `${JSON.stringify(ports, null, 2)}\n`);
}

/** The key that signs links, made at first use; readable by its owner alone. */
export function keptLinkSecret(home: string): string {
  const path = join(home, 'link-secret');
  mkdirSync(home, { recursive: true });
  try {
    // 'wx': of two processes that start at once, one writes and both read the same.
    writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(path, 'utf8').trim();
}

function readPorts(path: string): Partial<Ports> | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Partial<Ports>;
  } catch {
    return undefined;
  }
}
