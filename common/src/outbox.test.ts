import { createConnection, model, Schema, Types } from 'mongoose';
import { Refusal, type Event, type NewEvent } from './contract';
import { isConflict, isDuplicateKey, isOutage, retryConflicts } from './errors';
import { collectionOf } from './mongo';
import { aggregate, type Aggregate } from './aggregate';
import { Outbox } from './outbox';
import { Relay } from './relay';
import { quiet, startMongo, until } from './testing';
import { startMongod } from './testing/mongod';
import { natsBus } from './nats';

interface Account extends Aggregate {
  email: string;
}

const schema = new Schema<Account>({ email: String });
schema.plugin(aggregate);
schema.index({ email: 1 }, { unique: true });
const Accounts = model('OutboxAccount', schema);

/** The bus is never started, so everything stays in the outboxes. */
const bus = natsBus({ url: 'nats://127.0.0.1:1', clusterId: 'none', clientId: 'none', group: 'none', log: quiet });
const relay = new Relay(bus, [Accounts], quiet);
const outbox = new Outbox(relay);
const cause = { trace: 'a trace' };

const updated = (_id: Types.ObjectId, email: string): NewEvent => ({
  subject: 'user:updated',
  data: { id: _id.toString(), email },
});

async function insert(email = `${new Types.ObjectId().toString()}@test`) {
  const _id = new Types.ObjectId();
  await outbox.insert(
    Accounts,
    { _id, email },
    [{ subject: 'user:created', data: { id: _id.toString(), email } }],
    cause,
  );
  return _id;
}

const load = (_id: Types.ObjectId) => Accounts.findById(_id).orFail();
const stored = (_id: Types.ObjectId) => collectionOf(Accounts).findOne({ _id });
const versionsIn = (entries: Event[] | undefined) => entries?.map(({ version }) => version);

let mongo: Awaited<ReturnType<typeof startMongo>>;
beforeAll(async () => {
  mongo = await startMongo(Accounts);
});
afterAll(async () => {
  await relay.close();
  await mongo.stop();
});

test('an inserted aggregate has version 0 and contains its event', async () => {
  const _id = await insert('zero@test');
  expect(await stored(_id)).toEqual({
    _id,
    email: 'zero@test',
    version: 0,
    outbox: [
      {
        id: expect.any(String) as string,
        subject: 'user:created',
        aggregateId: _id.toString(),
        version: 0,
        occurredAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        trace: 'a trace',
        data: { id: _id.toString(), email: 'zero@test' },
      },
    ],
  });
});

test('of many concurrent inserts, only those that collide on a unique index reject', async () => {
  await insert('taken@test');
  const emails = ['one@test', 'taken@test', 'two@test', 'same@test', 'same@test'];
  const results = await Promise.allSettled(emails.map((email) => insert(email)));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'rejected']);
  for (const result of results) if (result.status === 'rejected') expect(isDuplicateKey(result.reason)).toBe(true);
  for (const email of emails) expect(await Accounts.countDocuments({ email })).toBe(1);
});

test('an insert that did not reach MongoDB rejects as an outage', async () => {
  const server = await startMongod();
  const options = { serverSelectionTimeoutMS: 500, autoCreate: false, autoIndex: false };
  // A busy machine may need several tries.
  const connection = await until(() =>
    createConnection(server.uri, options)
      .asPromise()
      .catch(() => undefined),
  );
  try {
    const Elsewhere = connection.model<Account>('OutboxAccount', schema);
    const insertElsewhere = () =>
      outbox.insert(Elsewhere, { _id: new Types.ObjectId(), email: 'lost@test' }, [], cause);
    await insertElsewhere();
    await server.stop();
    for (let attempt = 0; attempt < 2; attempt++) {
      const outcome: unknown = await insertElsewhere().then(
        () => 'inserted',
        (error: unknown) => error,
      );
      expect(isOutage(outcome)).toBe(true);
    }
  } finally {
    await connection.close();
    await server.stop();
  }
});

test('a commit increments the version and appends its events', async () => {
  const _id = await insert();
  const account = await load(_id);
  account.email = `new-${account.email}`;
  await outbox.commit(account, [updated(_id, account.email)], cause);
  account.email = `newer-${account.email}`;
  await outbox.commit(account, [updated(_id, account.email)], cause);
  const found = await stored(_id);
  expect(found).toMatchObject({ email: account.email, version: 2 });
  expect(versionsIn(found?.outbox)).toEqual([0, 1, 2]);
});

test('of two commits of the same version one wins; the other rejects and leaves no event', async () => {
  const _id = await insert();
  const [one, two] = [await load(_id), await load(_id)];
  [one.email, two.email] = [`one-${one.email}`, `two-${one.email}`];
  await outbox.commit(one, [updated(_id, one.email)], cause);
  const failure: unknown = await outbox.commit(two, [updated(_id, two.email)], cause).catch((error: unknown) => error);
  expect(isConflict(failure)).toBe(true);
  const found = await stored(_id);
  expect(found).toMatchObject({ email: one.email, version: 1 });
  expect(versionsIn(found?.outbox)).toEqual([0, 1]);
});

test('twenty concurrent changes of one document all succeed by retrying', async () => {
  const _id = await insert();
  const change = async () => {
    const account = await load(_id);
    account.email = `${new Types.ObjectId().toString()}@test`;
    await outbox.commit(account, [updated(_id, account.email)], cause);
  };
  await Promise.all(Array.from({ length: 20 }, () => retryConflicts(change, 20)));
  const found = await stored(_id);
  expect(found?.version).toBe(20);
  expect(versionsIn(found?.outbox)).toEqual(Array.from({ length: 21 }, (_, version) => version));
});

test('retries conflicts only, and not forever', async () => {
  let tries = 0;
  const failing = (name: string) => () => Promise.reject(Object.assign(new Error(`try ${++tries}`), { name }));
  await expect(retryConflicts(failing('Error'))).rejects.toThrow('try 1');
  await expect(retryConflicts(failing('VersionError'))).rejects.toThrow('try 11');
});

test('commitAll writes each change at its version, and returns exactly those that lost to another write', async () => {
  const ids = await Promise.all(Array.from({ length: 6 }, () => insert()));
  const overtaken = ids.filter((_, index) => index % 3 === 1);
  for (const _id of overtaken) await outbox.commit(await load(_id), [updated(_id, 'overtaken')], cause);

  const changes = ids.map((_id) => ({
    _id,
    version: 0,
    set: { email: `${_id.toString()}@all` },
    events: [updated(_id, 'all')],
    cause,
  }));
  expect(await outbox.commitAll(Accounts, changes)).toEqual(overtaken);
  for (const _id of ids) {
    const found = await stored(_id);
    expect(versionsIn(found?.outbox)).toEqual([0, 1]);
    expect(found?.version).toBe(1);
    expect(found?.outbox[1]?.data).toMatchObject({ email: overtaken.includes(_id) ? 'overtaken' : 'all' });
  }
  expect(await outbox.commitAll(Accounts, [])).toEqual([]);
});

test('nor does it write a change whose further conditions do not hold', async () => {
  const where = { email: 'as-read@test' };
  const [one, other] = [await insert(where.email), await insert()];
  await Accounts.updateOne({ _id: other }, { email: 'changed@test' });
  const change = { version: 0, where, set: { email: 'all' }, cause };
  const changes = [one, other].map((_id) => ({ ...change, _id, events: [updated(_id, 'all')] }));
  expect(await outbox.commitAll(Accounts, changes)).toEqual([other]);
  expect([await stored(one), await stored(other)]).toMatchObject([
    { version: 1 },
    { version: 0, email: 'changed@test' },
  ]);
});

test('a change whose events would not parse is not written', async () => {
  const _id = await insert();
  const bad = { subject: 'user:updated', data: { id: _id.toString() } } as NewEvent;
  const account = await load(_id);
  account.email = 'changed@test';
  await expect(outbox.commit(account, [bad], cause)).rejects.toThrow();
  await expect(
    outbox.commitAll(Accounts, [{ _id, version: 0, set: { email: 'changed@test' }, events: [bad], cause }]),
  ).rejects.toThrow();
  expect(await stored(_id)).toMatchObject({ version: 0, email: expect.not.stringMatching('changed') as string });
  const other = new Types.ObjectId();
  await expect(outbox.insert(Accounts, { _id: other, email: 'new@test' }, [bad], cause)).rejects.toThrow();
  expect(await stored(other)).toBeNull();
});

test('an event contains exactly what its subject defines', async () => {
  const _id = await insert();
  const said = updated(_id, 'said@test');
  Object.assign(said.data, { password: 'secret' });
  await outbox.commit(await load(_id), [said], cause);
  expect((await stored(_id))?.outbox[1]?.data).toEqual({ id: _id.toString(), email: 'said@test' });
});

test('with fifty unpublished events of a document, requests are refused; what has already happened is written', async () => {
  const _id = await insert();
  const change = async (by: typeof cause & { refusable?: true }) => {
    const account = await load(_id);
    account.email = `${new Types.ObjectId().toString()}@test`;
    await outbox.commit(account, [updated(_id, account.email)], by);
  };
  const request = { ...cause, refusable: true as const };
  for (let count = 1; count < 50; count++) await change(request);
  const refusal: unknown = await change(request).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(Refusal);
  expect(refusal).toMatchObject({ status: 503, retryAfter: 5 });
  expect(await stored(_id)).toMatchObject({ version: 49 });
  await change(cause);
  expect(await stored(_id)).toMatchObject({ version: 50 });
});
