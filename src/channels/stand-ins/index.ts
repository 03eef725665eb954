import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openAcceptanceLog } from './acceptances.ts';
import { createFaults, type Faults } from './faults.ts';
import { startHttp } from './http.ts';
import { openInbox } from './inbox.ts';
import { startSmtp } from './smtp.ts';

/** The local providers, running. */
export interface StandIns {
  smtpPort: number;
  httpPort: number;
  folder: string;
  acceptancesFile: string;
  /** Makes them misbehave; other processes use `POST /_faults` on the HTTP port. */
  faults: Faults;
  stop(): Promise<void>;
}

/** Where the acceptances of stand-ins in `folder` are. */
export function acceptancesFileIn(folder: string): string {
  return join(folder, 'acceptances.jsonl');
}

/** Starts SMTP, Twilio, web push and FCM stand-ins; port 0 takes any free one. What is in `folder` is kept. */
export async function startStandIns(options: {
  host: string;
  smtpPort: number;
  httpPort: number;
  folder: string;
  faults?: Faults;
  startTls?: boolean;
}): Promise<StandIns> {
  const { host, folder } = options;
  await mkdir(folder, { recursive: true });
  const acceptancesFile = acceptancesFileIn(folder);
  const faults = options.faults ?? createFaults();
  const deps = { acceptances: openAcceptanceLog(acceptancesFile), inbox: await openInbox(folder), faults };
  const smtp = await startSmtp(deps, { host, port: options.smtpPort, startTls: options.startTls ?? false });
  const http = await startHttp(deps, { host, port: options.httpPort, acceptancesFile });
  return {
    smtpPort: smtp.port,
    httpPort: http.port,
    folder,
    acceptancesFile,
    faults,
    async stop() {
      await Promise.all([smtp.stop(), http.stop()]);
      await deps.inbox.close();
      deps.acceptances.close();
    },
  };
}
