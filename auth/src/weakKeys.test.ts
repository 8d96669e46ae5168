import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { freePort, until } from '@ticketing/common/testing';

/** The service's output about its configuration, before it has reached any server. */
async function firstWords(settings: Record<string, string>): Promise<string> {
  const nowhere = { MONGO_URI: 'mongodb://127.0.0.1:1/auth', NATS_URL: 'nats://127.0.0.1:1', NATS_CLIENT_ID: 'auth-1' };
  const service = spawn(process.execPath, [path.join(__dirname, '../dist/index.js')], {
    env: { ...nowhere, PORT: String(await freePort()), HOST: '127.0.0.1', ...settings },
  });
  let words = '';
  for (const output of [service.stdout, service.stderr]) output.on('data', (chunk: Buffer) => (words += String(chunk)));
  // Its output may end later than the process.
  const closed = once(service, 'close');
  await until(() => words.includes('MongoDB is not available yet') || service.exitCode !== null, 50_000);
  service.kill('SIGKILL');
  await closed;
  return words;
}

test('warns about a short signing key, and rejects it where strong keys are required', async () => {
  const warning = 'a signing key is short enough to be guessed';
  const warnings = (await firstWords({ JWT_KEY: 'asdf', FACTOR_KEY: 'k'.repeat(32) })).split('\n');
  const variables = warnings.filter((line) => line.includes(warning)).map((line) => JSON.parse(line) as object);
  expect(variables).toMatchObject([{ variable: 'JWT_KEY' }]);
  const refused = await firstWords({ JWT_KEY: 'asdf', REQUIRE_STRONG_KEYS: 'true' });
  expect(refused).toContain('JWT_KEY: a key is shorter than 32 bytes');
  expect(refused).not.toContain('MongoDB');
}, 120_000);
