import mongoose from 'mongoose';
import { buildIndexes, connectMongo, isOutage, Outbox, Relay } from '@ticketing/common';
import { canPartition, startReplicaSet } from '@ticketing/common/testing/replicaSet';
import { newId, quiet, startNats, until } from '@ticketing/common/testing';
import { createStaff } from './staff';
import { Users } from './store';
import { createSupport } from './support';

const possible = canPartition();
if (!possible)
  console.warn('NOT TESTED: a primary that is cut off from its replica set. It needs root and `ip netns`.');
const whereWeMayCut = possible ? test : test.skip;

const closers: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => error,
  );

whereWeMayCut(
  'no account is said to be frozen, or to be at the desk, because of a write that may be undone',
  async () => {
    const nats = await startNats();
    closers.push(nats.stop);
    const set = await startReplicaSet();
    closers.push(set.stop, () => mongoose.disconnect());
    await connectMongo(set.uri, 'test');
    await buildIndexes(Users);
    const bus = nats.bus('auth');
    bus.start();
    await until(() => bus.ready);
    const relay = new Relay(bus, [Users], quiet);
    closers.push(() => relay.close());
    const outbox = new Outbox(relay);
    const now = () => new Date();
    const support = createSupport(outbox, { again: () => Promise.resolve(false) }, now);
    const staff = createStaff(outbox, () => Promise.resolve(false), now);
    const [ann, bob] = await Users.create(
      ['ann@test.com', 'bob@test.com'].map((email) => ({ email, passwordHash: 'none', confirmedAt: now() })),
    );
    const [annId, bobId] = [ann!.id as string, bob!.id as string];
    const freeze = () => support.freeze(annId, { trace: 'test', by: newId(), refusable: true });
    const add = () => staff(['add', bobId]);
    const isFrozen = async () => Boolean((await Users.findById(annId).lean())?.frozenAt);
    const isStaff = async () => Boolean((await Users.findById(bobId).lean())?.role);

    const cut = await set.primary();
    set.cutOff(cut);
    const first = [failureOf(freeze()), failureOf(add())];
    await until(async () => (await isFrozen()) && isStaff());
    const again = [failureOf(freeze()), failureOf(add())];
    for (const failure of await Promise.all([...first, ...again])) expect(isOutage(failure)).toBe(true);

    await set.primary(cut);
    await until(async () => !(await isFrozen().catch(() => true)) && !(await isStaff().catch(() => true)), 60_000);
  },
  180_000,
);
