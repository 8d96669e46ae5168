import fc from 'fast-check';
import { createConnection, model, Schema, trusted, Types } from 'mongoose';
import { copy } from './copy';
import type { UserData } from './contract';
import { isOutage } from './errors';
import { anEvent, newId, startMongo, until } from './testing';
import { startMongod } from './testing/mongod';

const schema = new Schema({ email: String, version: Number }, { versionKey: false });
const Users = model('CopiedUser', schema);
const listener = copy<'user:updated'>(Users, ({ email }: UserData) => ({ email }));

const userAt = (id: string, version: number) => anEvent('user:updated', version, { id, email: `${version}@test` });
const copyOf = async (id: string) => Users.findById(id, { _id: 0 }).lean();

let mongo: Awaited<ReturnType<typeof startMongo>>;
beforeAll(async () => {
  mongo = await startMongo();
});
afterAll(() => mongo.stop());

test('stores the selected state and the version of an event', async () => {
  const id = newId();
  await listener.handle([userAt(id, 0)]);
  expect(await copyOf(id)).toEqual({ email: '0@test', version: 0 });
});

test('duplicates and stale events change nothing, and gaps are harmless', async () => {
  const id = newId();
  await listener.handle([userAt(id, 3)]);
  await listener.handle([{ ...userAt(id, 3), data: { id, email: 'another' } }]);
  await listener.handle([userAt(id, 1), userAt(id, 2)]);
  expect(await copyOf(id)).toEqual({ email: '3@test', version: 3 });
  await listener.handle([userAt(id, 7)]);
  expect(await copyOf(id)).toEqual({ email: '7@test', version: 7 });
});

test('a republished event repairs a copy that has another state at the same version, and nothing newer', async () => {
  const id = newId();
  await listener.handle([{ ...userAt(id, 3), data: { id, email: 'rolled back' } }]);
  const republished = { ...userAt(id, 3), republished: true as const };
  await listener.handle([republished]);
  expect(await copyOf(id)).toEqual({ email: '3@test', version: 3 });
  await listener.handle([userAt(id, 4)]);
  await listener.handle([republished, { ...userAt(id, 3), data: { id, email: 'rolled back' } }]);
  expect(await copyOf(id)).toEqual({ email: '4@test', version: 4 });
});

test('handles a batch of new, stale and newer events', async () => {
  const [fresh, known] = [newId(), newId()];
  await listener.handle([userAt(known, 5)]);
  await listener.handle([userAt(known, 4), userAt(fresh, 0), userAt(known, 6)]);
  expect(await copyOf(known)).toEqual({ email: '6@test', version: 6 });
  expect(await copyOf(fresh)).toEqual({ email: '0@test', version: 0 });
});

const versions = fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 12 });

test('in any order, with duplicates and in any batches, the newest state remains', () =>
  fc.assert(
    fc.asyncProperty(versions, fc.integer({ min: 1, max: 5 }), async (arriving, size) => {
      const id = newId();
      for (let at = 0; at < arriving.length; at += size)
        await listener.handle(arriving.slice(at, at + size).map((version) => userAt(id, version)));
      const newest = Math.max(...arriving);
      expect(await copyOf(id)).toEqual({ email: `${newest}@test`, version: newest });
    }),
    { numRuns: 60 },
  ));

test('the same with replicas that write concurrently', () =>
  fc.assert(
    fc.asyncProperty(fc.array(versions, { minLength: 2, maxLength: 6 }), async (replicas) => {
      const id = newId();
      await Promise.all(replicas.map((arriving) => listener.handle(arriving.map((version) => userAt(id, version)))));
      const newest = Math.max(...replicas.flat());
      expect(await copyOf(id)).toEqual({ email: `${newest}@test`, version: newest });
    }),
    { numRuns: 40 },
  ));

test('the same with replicas that race to insert many aggregates', async () => {
  const ids = Array.from({ length: 100 }, newId);
  const replicas = [3, 7, 1, 5, 2, 6, 0, 4];
  await Promise.all(replicas.map((version) => listener.handle(ids.map((id) => userAt(id, version)))));
  const copies = await Users.find({ _id: trusted({ $in: ids }) }).lean();
  expect(copies.filter(({ version }) => version === 7)).toHaveLength(ids.length);
});

test('keeps newer state even if an older event was inserted first', async () => {
  const elsewhere = await startElsewhere('--setParameter', 'enableTestCommands=1');
  try {
    const id = newId();
    const pause = (mode: 'alwaysOn' | 'off') =>
      elsewhere.admin.command({ configureFailPoint: 'hangBeforeUpsertPerformsInsert', mode });
    await pause('alwaysOn');
    const newer = elsewhere.handle([userAt(id, 7)]);
    await until(async () => {
      const { inprog } = await elsewhere.admin.command({
        currentOp: 1,
        failpointMsg: 'hangBeforeUpsertPerformsInsert',
      });
      return (inprog as unknown[]).length > 0;
    });
    await elsewhere.Users.collection.insertOne({ _id: new Types.ObjectId(id), email: '3@test', version: 3 });
    await pause('off');
    await newer;
    expect(await elsewhere.Users.findById(id, { _id: 0 }).lean()).toEqual({ email: '7@test', version: 7 });
  } finally {
    await elsewhere.stop();
  }
});

test('rejects the whole batch during an outage: nothing unwritten counts as handled', async () => {
  const elsewhere = await startElsewhere();
  try {
    await elsewhere.handle([userAt(newId(), 0)]);
    await elsewhere.server.stop();
    for (let attempt = 0; attempt < 2; attempt++) {
      const outcome: unknown = await elsewhere.handle([userAt(newId(), 0)]).then(
        () => 'handled',
        (error: unknown) => error,
      );
      expect(isOutage(outcome)).toBe(true);
    }
  } finally {
    await elsewhere.stop();
  }
});

/** A listener whose copies are in a separate mongod. */
async function startElsewhere(...args: string[]) {
  const server = await startMongod(...args);
  const options = { serverSelectionTimeoutMS: 500, autoCreate: false };
  // A busy machine may need several tries.
  const connection = await until(() =>
    createConnection(server.uri, options)
      .asPromise()
      .catch(() => undefined),
  );
  const Users = connection.model('CopiedUser', schema);
  return {
    server,
    Users,
    admin: connection.getClient().db('admin'),
    handle: copy<'user:updated'>(Users, ({ email }) => ({ email })).handle,
    async stop() {
      await connection.close();
      await server.stop();
    },
  };
}
