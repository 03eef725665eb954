import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { openFolder, runCli } from '../support/recallwave.ts';

const cwd = await openFolder();

const FAULTS: { what: string; args: string[]; env?: Record<string, string>; says: string[] }[] = [
  { what: 'an unknown command', args: ['bogus'], says: ["unknown command 'bogus'", 'recallwave --help'] },
  { what: 'an unknown option', args: ['config', 'show', '--nope'], says: ["unknown option '--nope'"] },
  {
    what: 'wrong variables, all of them',
    args: ['config', 'show'],
    env: { DATABASE_URL: 'mysql://x', API_PORT: '0' },
    says: ['2 faults', 'DATABASE_URL must be postgres://', 'API_PORT must be', 'docs/config.md'],
  },
  {
    what: 'a database that is not there',
    args: ['db', 'migrate'],
    env: { DATABASE_URL: 'postgres://ana:s3cret@127.0.0.1:1/x' },
    says: ['PostgreSQL at 127.0.0.1:1 cannot be reached', 'DATABASE_URL'],
  },
  {
    what: 'no Temporal server',
    args: ['schedule', 'list'],
    says: ['no Temporal server is running', 'npm start'],
  },
  {
    what: 'a Temporal server that does not answer',
    args: ['schedule', 'list'],
    env: { TEMPORAL_ADDRESS: '127.0.0.1:1' },
    says: ['Temporal at 127.0.0.1:1 cannot be reached', 'TEMPORAL_ADDRESS'],
  },
];

test.each(FAULTS)('$what is one clear error with a fix, exit 2, and no stack', async ({ args, env, says }) => {
  const { code, stdout, stderr } = await runCli(args, { cwd, ...(env ? { env } : {}) });
  expect(code).toBe(2);
  expect(stdout).toBe('');
  for (const text of ['error: ', 'fix: ', ...says]) expect(stderr).toContain(text);
  expect(stderr).not.toMatch(/\n\s+at |s3cret/);
});

test('under --json the error is one JSON document on stderr', async () => {
  const { code, stderr } = await runCli(['schedule', 'list', '--json'], {
    cwd,
    env: { TEMPORAL_ADDRESS: '127.0.0.1:1' },
  });
  expect(code).toBe(2);
  expect(JSON.parse(stderr)).toEqual({
    error: { type: 'Unreachable', message: expect.any(String) as string, fix: expect.any(String) as string },
  });
});

test('a port that the environment names must be free', async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
  const { code, stderr } = await runCli(['start', '--empty'], { cwd, env: { API_PORT: String(port) } });
  server.close();
  expect(code).toBe(2);
  expect(stderr).toContain(`port ${port} (API_PORT) is taken`);
});
