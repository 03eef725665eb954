import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeTargets, liveNote, sendsLive } from '../../src/config/live.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { shownConfig } from '../../src/config/shown-config.ts';
import { VARIABLES } from '../../src/config/variables.ts';
import { configTable } from '../support/config-table.ts';

const home = mkdtempSync(join(tmpdir(), 'recallwave-config-'));
const read = (env: NodeJS.ProcessEnv, overrides = {}) => readConfig(env, { home, ...overrides });

const SMTP = { SMTP_URL: 'smtps://ana:hunter2@mail.example.com:465' };

describe('reading the environment', () => {
  test('gives working defaults for an empty environment', () => {
    const config = read({});
    expect(config).toMatchObject({ databaseUrl: undefined, live: false, leaseSeconds: 60, logLevel: 'info' });
    expect(config.publicUrl).toBe(`http://127.0.0.1:${config.apiPort}`);
    expect(config.temporal).toMatchObject({
      address: undefined,
      namespace: 'default',
      queuePrefix: 'recallwave',
      tls: false,
    });
  });

  test('names every fault at once, without showing a value', () => {
    const env = {
      DATABASE_URL: 'mysql://root:s3cret@db/x',
      API_PORT: '99999',
      LEASE_SECONDS: '0',
      DKIM_DOMAIN: 'a.com',
    };
    const error = thrown(() => read(env));
    for (const name of ['DATABASE_URL', 'API_PORT', 'LEASE_SECONDS', 'DKIM_SELECTOR and DKIM_PRIVATE_KEY']) {
      expect(error.message).toContain(name);
    }
    expect(error.message).toContain('4 faults');
    expect(error.message).not.toContain('s3cret');
  });

  test('counts an empty variable as unset', () => {
    expect(read({ DATABASE_URL: '', TEMPORAL_ADDRESS: '  ' })).toMatchObject({ databaseUrl: undefined });
  });

  test('is frozen', () => {
    const config = read({}) as { live: boolean };
    expect(() => (config.live = true)).toThrow(TypeError);
  });

  test('asks for halves of pairs, missing files and a single sender', () => {
    const env = {
      TEMPORAL_TLS_CERT: '/nowhere/cert.pem',
      TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
      TWILIO_AUTH_TOKEN: 'token',
    };
    const { message } = thrown(() => read(env));
    expect(message).toContain('TEMPORAL_TLS_KEY must be set beside TEMPORAL_TLS_CERT');
    expect(message).toContain('TEMPORAL_TLS_CERT names a file that is not there');
    expect(message).toContain('one of TWILIO_FROM and TWILIO_MESSAGING_SERVICE_SID');
  });

  test('takes a DKIM key as text with written-out line ends, or from a file', () => {
    const pem = '-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----';
    const file = join(home, 'dkim.pem');
    writeFileSync(file, pem);
    const dkim = { ...SMTP, DKIM_DOMAIN: 'example.com', DKIM_SELECTOR: 's1' };
    for (const DKIM_PRIVATE_KEY of [pem.replaceAll('\n', '\\n'), file]) {
      expect(read({ ...dkim, DKIM_PRIVATE_KEY }).smtp?.dkim?.privateKey).toBe(pem);
    }
    expect(thrown(() => read({ ...dkim, DKIM_PRIVATE_KEY: '/nowhere' })).message).toContain('DKIM_PRIVATE_KEY');
  });

  test('turns TLS on with an API key, as Temporal Cloud wants it', () => {
    expect(read({ TEMPORAL_API_KEY: 'key' }).temporal.tls).toBe(true);
  });

  test('makes one link secret per home and keeps it', () => {
    expect(read({}).linkSecret).toHaveLength(43);
    expect(read({}).linkSecret).toBe(read({}).linkSecret);
    expect(read({ LINK_SECRET: 'sixteen characters' }).linkSecret).toBe('sixteen characters');
  });

  test('wants a shared link secret before live sends from several machines', () => {
    const env = { DATABASE_URL: 'postgres://u:p@db/x' };
    expect(() => read(env)).not.toThrow();
    expect(thrown(() => read(env, { live: true })).message).toContain('LINK_SECRET');
  });
});

describe('where messages go', () => {
  test('credentials alone send nothing away', () => {
    const config = read(SMTP);
    expect(sendsLive(config, 'email')).toBe(false);
    expect(describeTargets(config).email.why).toContain('--live');
    expect(liveNote(config)).toContain('nothing leaves this machine');
  });

  test('live alone sends nothing away', () => {
    expect(sendsLive(read({ RECALLWAVE_LIVE: '1' }), 'email')).toBe(false);
  });

  test('credentials and live send by the channels that have credentials', () => {
    const config = read({ ...SMTP, RECALLWAVE_LIVE: '1' });
    expect([sendsLive(config, 'email'), sendsLive(config, 'sms')]).toEqual([true, false]);
    expect(liveNote(config)).toContain('LIVE by email');
  });
});

test('shows every variable and masks the secrets', () => {
  const env = { ...SMTP, API_PORT: '9000' };
  const shown = shownConfig(read(env), env);
  expect(shown).toHaveLength(Object.keys(VARIABLES).length);
  expect(JSON.stringify(shown)).not.toContain('hunter2');
  expect(shown).toContainEqual({ name: 'API_PORT', value: '9000', source: 'environment' });
});

test('docs/config.md holds the table of the variables (npm run docs:config writes it anew)', () => {
  const page = readFileSync(new URL('../../docs/config.md', import.meta.url), 'utf8');
  expect(page).toContain(configTable());
});

function thrown(body: () => unknown): Error {
  try {
    body();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
