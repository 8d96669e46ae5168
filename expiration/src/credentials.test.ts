import { createLogger } from '@ticketing/common';
import { until } from '@ticketing/common/testing';
import { createQueue } from './queue';
import { startRedis } from './testing';

const PASSWORD = 'the-right-one';
let redis: Awaited<ReturnType<typeof startRedis>>;
beforeAll(async () => (redis = await startRedis('--requirepass', PASSWORD)));
afterAll(() => redis.stop());

/** A queue that signs in with a password, and what it logs. */
function open(password: string) {
  const lines: string[] = [];
  const log = createLogger('expiration', 'info', { write: (line) => void lines.push(line) });
  const queue = createQueue(redis.url.replace('//', `//:${password}@`), () => Promise.resolve(), log);
  return { queue, lines };
}

test('a queue signs in with the password of its address', async () => {
  const { queue, lines } = open(PASSWORD);
  await until(() => queue.ready());
  await queue.schedule([{ data: { id: 'a'.repeat(24), expiresAt: new Date().toISOString() }, trace: 'test' }]);
  await queue.close();
  expect(lines).toEqual([]);
});

test('with a wrong one it goes on trying, and its log does not tell it', async () => {
  const { queue, lines } = open('a-guess');
  await until(() => lines.some((line) => line.includes('WRONGPASS')));
  expect(lines.join('')).not.toContain('a-guess');
  await queue.close();
});
