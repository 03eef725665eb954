import type { Config } from '../../config/config.ts';
import { keepPorts, keptPorts, type Ports } from '../../config/home-files.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import { isFree, settlePort } from './ports.ts';

const PORTS = [
  { name: 'api', variable: 'API_PORT', wanted: (config: Config) => config.apiPort },
  { name: 'standInSmtp', variable: 'STANDIN_SMTP_PORT', wanted: (config: Config) => config.standIns.smtpPort },
  { name: 'standInHttp', variable: 'STANDIN_HTTP_PORT', wanted: (config: Config) => config.standIns.httpPort },
] as const satisfies { name: keyof Ports; variable: string; wanted: (config: Config) => number }[];

/**
 * Makes sure that the ports of API and stand-ins are free: one that the environment names must be, the others move to a
 * free port that the home keeps. Read the configuration again afterwards.
 */
export async function settlePorts(config: Config): Promise<void> {
  for (const { name, variable, wanted } of PORTS) {
    const port = wanted(config);
    if (port === keptPorts(config.home)[name]) {
      await settlePort(config.home, name);
    } else if (await isFree(port)) {
      // Other processes of this home, without that variable, must find it too.
      keepPorts(config.home, { ...keptPorts(config.home), [name]: port });
    } else {
      throw new RecallwaveError(
        'BadInput',
        `port ${port} (${variable}) is taken`,
        `end what listens there, or set ${variable} to another port`,
      );
    }
  }
}
