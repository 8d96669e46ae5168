import { model, Schema, Types } from 'mongoose';
import { parseEvent, type Event } from './contract';
import { collectionOf } from './mongo';
import { aggregate, type Aggregate } from './aggregate';
import { republish } from './republish';
import { quiet, startMongo, startNats, until } from './testing';

type Account = Aggregate & { email: string };

const schema = new Schema<Account>({ email: String });
schema.plugin(aggregate);
const Accounts = model('RepublishedAccount', schema);

let mongo: Awaited<ReturnType<typeof startMongo>>;
let nats: Awaited<ReturnType<typeof startNats>>;
beforeAll(async () => {
  [mongo, nats] = await Promise.all([startMongo(Accounts), startNats()]);
});
afterAll(async () => {
  await nats.stop();
  await mongo.stop();
});

test('publishes the current state of every aggregate again, at its current version', async () => {
  const accounts = Array.from({ length: 250 }, (_, version) => ({
    _id: new Types.ObjectId(),
    version,
    outbox: [],
    email: `${version}@test`,
  }));
  await collectionOf(Accounts).insertMany(accounts);
  const snapshot = ({ _id, version, email }: Account) =>
    version === 7 ? undefined : { subject: 'user:updated' as const, data: { id: _id.toString(), email } };
  expect(await republish(nats.bus(), [{ model: Accounts, snapshot }], quiet)).toEqual({ published: 249, failed: 0 });

  const reader = nats.bus('reader');
  const heard: Event<'user:updated'>[] = [];
  reader.subscribe('user:updated', ({ text, ack }) => {
    heard.push(parseEvent('user:updated', text));
    ack();
  });
  reader.start();
  await until(() => heard.length === 249);
  await reader.close();
  const expected = accounts.filter(({ version }) => version !== 7);
  expect(heard.every(({ republished }) => republished)).toBe(true);
  expect(heard.map(({ aggregateId, version, data: { email } }) => `${aggregateId} ${version} ${email}`).sort()).toEqual(
    expected.map(({ _id, version, email }) => `${_id.toString()} ${version} ${email}`).sort(),
  );
});

test('a state may need several events, and one that needs none does not delay others', async () => {
  await collectionOf(Accounts).deleteMany({});
  const [_id, broken] = [new Types.ObjectId(), new Types.ObjectId()];
  await collectionOf(Accounts).insertMany([
    { _id: broken, version: 3, outbox: [] },
    { _id, version: 3, outbox: [], email: 'two@test' } as Aggregate,
  ]);
  const snapshot = ({ _id, email }: Account) =>
    (['user:created', 'user:updated'] as const).map((subject) => ({ subject, data: { id: _id.toString(), email } }));
  const reader = nats.bus('another reader');
  const heard: string[] = [];
  for (const subject of ['user:created', 'user:updated'] as const)
    reader.subscribe(subject, ({ text, ack }) => {
      const { aggregateId, version } = parseEvent(subject, text);
      if (aggregateId === _id.toString()) heard.push(`${subject} ${version}`);
      ack();
    });
  reader.start();
  await until(() => reader.ready);
  expect(await republish(nats.bus(), [{ model: Accounts, snapshot }], quiet)).toEqual({ published: 2, failed: 1 });
  await until(() => heard.length === 2);
  expect(heard.sort()).toEqual(['user:created 3', 'user:updated 3']);
});
