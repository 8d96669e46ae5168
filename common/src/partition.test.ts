import mongoose, { model, Schema, Types } from 'mongoose';
import { parseEvent, type Event } from './contract';
import { isOutage } from './errors';
import { buildIndexes, collectionOf, connectMongo, lasting } from './mongo';
import { aggregate, type Aggregate } from './aggregate';
import { Outbox } from './outbox';
import { Relay } from './relay';
import { republish } from './republish';
import { canPartition, startReplicaSet } from './testing/replicaSet';
import { byVersion, quiet, startNats, until } from './testing';

interface Account extends Aggregate {
  email: string;
}

const schema = new Schema<Account>({ email: String });
schema.plugin(aggregate);
const Accounts = model('Account', schema);
const cause = { trace: 'a trace' };

const possible = canPartition();
if (!possible)
  console.warn('NOT TESTED: a primary that is cut off from its replica set. It needs root and `ip netns`.');
const whereWeMayCut = possible ? test : test.skip;

const told = (_id: Types.ObjectId, email: string) => ({
  subject: 'user:updated' as const,
  data: { id: _id.toString(), email },
});
const snapshot = ({ _id, email }: Account) => told(_id, email);

const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

whereWeMayCut(
  'what a primary wrote that was cut off from its majority is told to nobody; what was written instead is',
  async () => {
    const nats = await startNats();
    closers.push(nats.stop);
    const set = await startReplicaSet();
    closers.push(set.stop, () => mongoose.disconnect());
    await connectMongo(set.uri, 'test');
    await buildIndexes(Accounts);
    const heard: Event<'user:updated'>[] = [];
    const [ear, bus] = [nats.bus('ear'), nats.bus('accounts')];
    ear.subscribe('user:updated', ({ text, ack }) => {
      heard.push(parseEvent('user:updated', text));
      ack();
    });
    for (const each of [ear, bus]) each.start();
    await until(() => ear.ready && bus.ready);
    const relay = new Relay(bus, [Accounts], quiet);
    closers.push(() => relay.close());
    const outbox = new Outbox(relay);

    const insert = async (email: string) => {
      const _id = new Types.ObjectId();
      await outbox.insert(Accounts, { _id, email }, [told(_id, email)], cause);
      return _id;
    };
    const change = async (_id: Types.ObjectId, email: string) => {
      const account = await Accounts.findById(_id).orFail();
      account.email = email;
      await outbox.commit(account, [told(_id, email)], cause);
    };
    const failureOf = (work: Promise<unknown>) =>
      work.then(
        () => 'done',
        (error: unknown) => error,
      );

    const _id = await insert('before');
    await until(() => heard.length === 1);
    const cut = await set.primary();
    set.cutOff(cut);
    const failures = Promise.all([failureOf(change(_id, 'rolled back')), failureOf(insert('never was'))]);

    // The primary answers still, and an ordinary read of it gives what it alone has.
    await until(async () => (await collectionOf(Accounts).countDocuments({ email: /rolled back|never was/ })) === 2);
    expect(await collectionOf(Accounts).findOne({ _id }, lasting)).toMatchObject({ version: 0, email: 'before' });
    await republish(nats.bus(), [{ model: Accounts, snapshot }], quiet);
    for (const failure of await failures) expect(isOutage(failure)).toBe(true);

    await set.primary(cut);
    await until(
      () =>
        change(_id, 'true').then(
          () => true,
          () => false,
        ),
      60_000,
    );
    set.heal(cut);
    const former = set.direct(cut).db('test').collection<Account>(collectionOf(Accounts).collectionName);
    await until(async () => (await former.findOne({ _id }).catch(() => undefined))?.email === 'true', 60_000);
    await insert('after');
    await until(() => heard.some(({ data }) => data.email === 'after'));

    const emails = heard.filter(({ aggregateId }) => aggregateId === _id.toString()).sort(byVersion);
    expect([...new Set(emails.map(({ version, data }) => `${version} ${data.email}`))]).toEqual(['0 before', '1 true']);
    expect(new Set(heard.map(({ data }) => data.email))).toEqual(new Set(['before', 'true', 'after']));
  },
  180_000,
);
