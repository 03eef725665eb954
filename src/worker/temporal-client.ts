import { readFileSync } from 'node:fs';
import { Client, Connection, type TLSConfig } from '@temporalio/client';
import type { Config } from '../config/config.ts';
import { RecallwaveError, UnreachableError } from '../domain/failures.ts';
import { readRunRecord } from './stack/run-record.ts';

const CONNECT_TIMEOUT = '5s';

/** Address and credentials in the shape that client and worker connections share. */
export function connectionOptions(
  config: Config,
  address: string,
): { address: string; tls?: TLSConfig | true; apiKey?: string } {
  const { tls, apiKey } = config.temporal;
  const secure: TLSConfig | boolean =
    typeof tls === 'object'
      ? { clientCertPair: { crt: readFileSync(tls.certPath), key: readFileSync(tls.keyPath) } }
      : tls;
  return { address, ...(secure === false ? {} : { tls: secure }), ...(apiKey === undefined ? {} : { apiKey }) };
}

/** TEMPORAL_ADDRESS, else the server of the stack that runs on this home. Throws NotFound where there is neither. */
export function temporalAddress(config: Config): string {
  const address = config.temporal.address ?? readRunRecord(config.home)?.temporalAddress;
  if (address !== undefined) return address;
  throw new RecallwaveError(
    'NotFound',
    `no Temporal server is running for ${config.home}`,
    'npm start in another terminal, or set TEMPORAL_ADDRESS',
  );
}

export interface OpenTemporal {
  client: Client;
  connection: Connection;
  close(): Promise<void>;
}

/** A client for this configuration that has answered once. Throws UnreachableError with the address. */
export async function openTemporal(config: Config, address = temporalAddress(config)): Promise<OpenTemporal> {
  const { namespace } = config.temporal;
  let connection: Connection | undefined;
  try {
    connection = await Connection.connect({ ...connectionOptions(config, address), connectTimeout: CONNECT_TIMEOUT });
    await connection.workflowService.describeNamespace({ namespace });
  } catch (error) {
    await connection?.close();
    throw explain(error, { address, namespace });
  }
  const opened = connection;
  return { client: new Client({ connection, namespace }), connection, close: () => opened.close() };
}

const GRPC_NOT_FOUND = 5;
const GRPC_REFUSED = [7, 16];

function explain(error: unknown, { address, namespace }: { address: string; namespace: string }): UnreachableError {
  const code = (error as { code?: number }).code ?? -1;
  if (code === GRPC_NOT_FOUND) {
    return new UnreachableError(
      `Temporal at ${address} has no namespace ${namespace}`,
      `correct TEMPORAL_NAMESPACE, or: temporal operator namespace create ${namespace}`,
    );
  }
  if (GRPC_REFUSED.includes(code)) {
    return new UnreachableError(
      `Temporal at ${address} refused the credentials`,
      'correct TEMPORAL_API_KEY or TEMPORAL_TLS_*',
    );
  }
  return new UnreachableError(`Temporal at ${address} cannot be reached`, 'start it or correct TEMPORAL_ADDRESS');
}
