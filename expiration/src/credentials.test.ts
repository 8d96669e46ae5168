import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { createLogger } from '@ticketing/common';
import { freePort, until } from '@ticketing/common/testing';
import { createQueue } from './queue';
import { startRedis } from './testing';

const PASSWORD = 'the-right-one';
let redis: Awaited<ReturnType<typeof startRedis>>;
beforeAll(async () => (redis = await startRedis('--requirepass', PASSWORD)));
afterAll(() => redis.stop());

const addressWith = (password: string) => redis.url.replace('//', `//:${password}@`);

test('a queue authenticates with the password in its address', async () => {
  const lines: string[] = [];
  const log = createLogger('expiration', 'info', { write: (line) => void lines.push(line) });
  const rang: string[] = [];
  const ring = ({ orderId }: { orderId: string }) => Promise.resolve(void rang.push(orderId));
  const queue = createQueue(addressWith(PASSWORD), ring, log);
  await until(() => queue.ready());
  await queue.schedule([{ data: { id: 'a'.repeat(24), expiresAt: new Date().toISOString() }, trace: 'test' }]);
  // By then all its connections are open: closing earlier, Bull may reject, unhandled, for one not opened yet.
  await until(() => rang.length > 0);
  await queue.close();
  expect(lines.join('')).not.toContain('AUTH');
});

test('a service with a wrong password exits, to be restarted, and logs no password', async () => {
  const env = { NATS_CLIENT_ID: 'expiration-1', NATS_URL: 'nats://127.0.0.1:1', REDIS_URL: addressWith('a-guess') };
  const service = spawn(process.execPath, [path.join(__dirname, '../dist/index.js')], {
    env: { ...env, PORT: String(await freePort()), HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err, [code]] = await Promise.all([text(service.stdout), text(service.stderr), once(service, 'exit')]);
  expect(out).toContain('WRONGPASS');
  expect(out + err).not.toContain('a-guess');
  expect(code).toBe(1);
});
