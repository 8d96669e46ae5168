import { aHold, anEvent, freePort, newId, startNats, startProcess, until } from '@ticketing/common/testing';
import { startRedis } from './testing';

test("publishes when an order's timer fires", async () => {
  const [redis, nats] = await Promise.all([startRedis(), startNats()]);
  const bus = nats.bus('orders');
  const rung: string[] = [];
  bus.subscribe('expiration:complete', ({ text, ack }) => {
    rung.push((JSON.parse(text) as { data: { orderId: string } }).data.orderId);
    ack();
  });
  bus.start();
  await until(() => bus.ready);
  const NATS_URL = `nats://127.0.0.1:${nats.port}`;
  const service = startProcess(__dirname, { REDIS_URL: redis.url, NATS_URL });
  try {
    const id = newId();
    const event = anEvent('order:created', 0, aHold({ id, expiresAt: new Date().toISOString() }));
    await bus.publish('order:created', JSON.stringify(event));
    await until(() => rung.includes(id), 50_000);
  } finally {
    await service.stop();
    await Promise.all([redis.stop(), nats.stop()]);
  }
});

test.each(['is gone', 'hangs'])('stops when told to, even if Redis %s', async (state) => {
  const [redis, nats, PORT] = await Promise.all([startRedis(), startNats(), freePort()]);
  if (state === 'is gone') await redis.kill();
  else await redis.pause();
  const env = { REDIS_URL: redis.url, NATS_URL: `nats://127.0.0.1:${nats.port}`, PORT: String(PORT) };
  const service = startProcess(__dirname, env);
  try {
    const isUp = () =>
      fetch(`http://127.0.0.1:${PORT}/healthz`).then(
        ({ status }) => status === 200,
        () => false,
      );
    await until(isUp, 50_000);
    expect(await service.stop('SIGTERM')).toBe(0);
  } finally {
    await service.stop();
    await Promise.all([redis.stop(), nats.stop()]);
  }
});
