import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { newId, startMongo, startNats, TEST_KEY, until } from '@ticketing/common/testing';
import { Types } from 'mongoose';
import { Users } from './store';

/** The command as deployed, with a database and a bus, but no process of the service to publish for it. */
let mongo: Awaited<ReturnType<typeof startMongo>>;
let nats: Awaited<ReturnType<typeof startNats>>;
beforeAll(async () => {
  [mongo, nats] = await Promise.all([startMongo(Users), startNats()]);
});
afterAll(async () => {
  await nats.stop();
  await mongo.stop();
});

const staff = async (...args: string[]) => {
  const env = { MONGO_URI: mongo.uri, NATS_URL: `nats://127.0.0.1:${nats.port}`, JWT_KEY: TEST_KEY };
  const command = [path.join(__dirname, '../dist/index.js'), 'staff', ...args];
  const run = promisify(execFile)(process.execPath, command, { env: { NATS_CLIENT_ID: 'auth-1', ...env } });
  return (await run).stdout;
};

async function atDesk() {
  const _id = new Types.ObjectId();
  const email = `${_id.toString()}@test.com`;
  await Users.create({ _id, email, passwordHash: 'none', confirmedAt: new Date(), role: 'support' });
  return { id: _id.toString(), stored: () => Users.findById(_id).lean() };
}

test('someone removed from the desk is signed out everywhere by the command itself, or once NATS is back', async () => {
  const bus = nats.bus(`ear-${newId()}`);
  const heard: string[] = [];
  bus.subscribe('session:ended', ({ text, ack }) => {
    heard.push((JSON.parse(text) as { data: { userId: string } }).data.userId);
    ack();
  });
  bus.start();
  await until(() => bus.ready);

  const [one, other] = [await atDesk(), await atDesk()];
  expect(await staff('remove', one.id)).not.toContain('NATS is away');
  await until(() => heard.includes(one.id));
  expect(await one.stored()).toMatchObject({ role: null, generation: 1, outbox: [] });

  await nats.kill();
  expect(await staff('remove', other.id)).toContain('NATS is away: other services hear of it as soon as it is back');
  expect(await other.stored()).toMatchObject({ role: null, generation: 1, outbox: [{ subject: 'session:ended' }] });
}, 60_000);
