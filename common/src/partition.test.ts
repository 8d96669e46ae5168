import { model, Schema, Types } from 'mongoose';
import { parseEvent, type Event } from './contract';
import { isOutage } from './errors';
import { collectionOf, lasting } from './mongo';
import { aggregate, type Aggregate } from './aggregate';
import { republish } from './republish';
import { failureOf, startPartitionable, testPartition } from './testing/partition';
import { byVersion, quiet, until } from './testing';

interface Account extends Aggregate {
  email: string;
}

const schema = new Schema<Account>({ email: String });
schema.plugin(aggregate);
const Accounts = model('PartitionedAccount', schema);
const cause = { trace: 'a trace' };

const told = (_id: Types.ObjectId, email: string) => ({
  subject: 'user:updated' as const,
  data: { id: _id.toString(), email },
});
const snapshot = ({ _id, email }: Account) => told(_id, email);

const started: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const stop of started.reverse()) await stop();
});

testPartition(
  'writes of a primary that lost its majority are not published; those that replace them are',
  async () => {
    const { nats, set, outbox } = await startPartitionable('accounts', [Accounts], started);
    const heard: Event<'user:updated'>[] = [];
    const ear = nats.bus('ear');
    ear.subscribe('user:updated', ({ text, ack }) => {
      heard.push(parseEvent('user:updated', text));
      ack();
    });
    ear.start();
    await until(() => ear.ready);

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

    const _id = await insert('before');
    await until(() => heard.length === 1);
    const cut = await set.primary();
    set.cutOff(cut);
    const failures = Promise.all([failureOf(change(_id, 'rolled back')), failureOf(insert('never was'))]);

    // The primary still responds, and an ordinary read returns what it alone has.
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
