import { isOutage } from '@ticketing/common';
import { failureOf, startPartitionable, testPartition } from '@ticketing/common/testing/partition';
import { until } from '@ticketing/common/testing';
import * as argon2 from '@node-rs/argon2';
import { Sessions, Users } from './store';
import { PASSWORD } from './testing';
import { holdHash } from './testing/hashing';
import { startOn } from './testing/partition';

jest.mock('@node-rs/argon2', () => {
  const real = jest.requireActual<typeof argon2>('@node-rs/argon2');
  return { ...real, hash: jest.fn(real.hash) };
});

const started: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const stop of started.reverse()) await stop();
});

testPartition(
  'a primary that is cut off while the password is hashed opens no account: signing up again does',
  async () => {
    const { set, outbox } = await startPartitionable('auth', [Users, Sessions], started);
    const { sessions, operations, visitor, now } = await startOn(outbox);
    const signUp = () => operations.signUp({ email: 'ann@test.com', password: PASSWORD }, visitor, { trace: 'test' });

    const release = holdHash(jest.mocked(argon2.hash));
    const first = failureOf(signUp());
    await until(() => Sessions.exists({}));
    const cut = await set.primary();
    set.cutOff(cut);
    release();
    expect(isOutage(await first)).toBe(true);

    await set.primary(cut);
    const { user, session } = await until(() => signUp().catch(() => undefined), 60_000);
    const own = { ...session, userId: user.id, issuedAt: now(), expiresAt: now() };
    expect(await sessions.list(own)).toMatchObject([{ id: session.sid, isCurrent: true }]);
    expect(await Users.countDocuments()).toBe(1);
  },
  180_000,
);
