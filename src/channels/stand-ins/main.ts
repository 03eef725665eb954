import { parseArgs } from 'node:util';
import { startStandIns } from './index.ts';

/**
 * The stand-ins in a process of their own, which survives when a worker is killed:
 * `node --import tsx main.ts --folder F [--host H] [--smtp-port N] [--http-port N]`. Prints its ports as one line of JSON.
 */
const { values } = parseArgs({
  options: {
    folder: { type: 'string' },
    host: { type: 'string', default: '127.0.0.1' },
    'smtp-port': { type: 'string', default: '0' },
    'http-port': { type: 'string', default: '0' },
    starttls: { type: 'boolean', default: false },
  },
});
if (values.folder === undefined) throw new Error('say where to record: --folder F');
const standIns = await startStandIns({
  host: values.host,
  smtpPort: Number(values['smtp-port']),
  httpPort: Number(values['http-port']),
  folder: values.folder,
  startTls: values.starttls,
});
const { smtpPort, httpPort, acceptancesFile } = standIns;
process.stdout.write(`${JSON.stringify({ smtpPort, httpPort, acceptancesFile })}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void standIns.stop().then(() => process.exit(0)));
}
