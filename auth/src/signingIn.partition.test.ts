import { isOutage, lasting } from '@ticketing/common';
import { failureOf, startPartitionable, testPartition } from '@ticketing/common/testing/partition';
import { until } from '@ticketing/common/testing';
import * as argon2 from '@node-rs/argon2';
import { Sessions, Users } from './store';
import { PASSWORD } from './testing';
import { holdVerify } from './testing/hashing';
import { startOn } from './testing/partition';

jest.mock('@node-rs/argon2', () => {
  const real = jest.requireActual<typeof argon2>('@node-rs/argon2');
  return { ...real, verify: jest.fn(real.verify) };
});
const verify = jest.mocked(argon2.verify);

const started: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const stop of started.reverse()) await stop();
});

testPartition(
  'a primary that is cut off while the password is compared lets nobody in with a session that is lost',
  async () => {
    const { set, outbox } = await startPartitionable('auth', [Users, Sessions], started);
    const { sessions, operations, visitor, now } = await startOn(outbox);
    const who = { email: 'ann@test.com', password: PASSWORD };
    const { user } = await operations.signUp(who, visitor, { trace: 'test' });
    const device = { id: 'known', account: user.id, iat: Math.ceil(Date.now() / 1000) };
    const signIn = () => operations.signIn(who, { ...visitor, device }, { trace: 'test' });
    const stored = (options = {}) => Sessions.collection.find({}, options).toArray();

    // Stored by a majority before the primary is cut off: it is there afterwards.
    const finish = holdVerify(verify);
    const first = signIn();
    await until(async () => (await stored(lasting)).length === 2);
    const cut = await set.primary();
    set.cutOff(cut);
    finish();
    const entered = await first;
    if (!('session' in entered)) throw new Error('A second step was asked for');

    // Stored only by the primary that is cut off: nobody is let in.
    const again = holdVerify(verify);
    const second = failureOf(signIn());
    await until(async () => (await stored()).length === 3);
    again();
    expect(isOutage(await second)).toBe(true);

    await set.primary(cut);
    const own = { ...entered.session, userId: user.id, issuedAt: now(), expiresAt: now() };
    const listed = await until(() => sessions.list(own).catch(() => undefined), 60_000);
    expect(listed.filter(({ isCurrent }) => isCurrent)).toMatchObject([{ id: entered.session.sid }]);
    expect(listed).toHaveLength(2);
  },
  180_000,
);
