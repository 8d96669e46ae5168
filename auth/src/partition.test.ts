import { isOutage } from '@ticketing/common';
import { failureOf, startPartitionable, testPartition } from '@ticketing/common/testing/partition';
import { newId, until } from '@ticketing/common/testing';
import { createStaff } from './staff';
import { Users } from './store';
import { createSupport } from './support';

const started: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const stop of started.reverse()) await stop();
});

testPartition(
  'no account is reported as frozen, or as support staff, because of a write that may be rolled back',
  async () => {
    const { set, outbox } = await startPartitionable('auth', [Users], started);
    const now = () => new Date();
    const support = createSupport(outbox, { again: () => Promise.resolve(false) }, now);
    const staff = createStaff(outbox, () => Promise.resolve(false), now);
    const [ann, bob] = await Users.create(
      ['ann@test.com', 'bob@test.com'].map((email) => ({
        email,
        passwordHash: 'none',
        confirmedAt: now(),
        confirmedBy: null,
      })),
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
