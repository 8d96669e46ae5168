import { newId } from '@ticketing/common/testing';
import { freeze, refuseFrozen, refuseOwn, roleOf } from './desk';
import type { User } from './user';

const now = new Date();
const user: User = { email: 'ann@test.com', passwordHash: '' };
const [id, other] = [newId(), newId()];

test('the role needs a second factor of any kind', () => {
  const staff = { ...user, role: 'support' as const };
  expect(roleOf(staff, { password: now })).toBeUndefined();
  for (const means of ['app', 'passkey', 'recovery']) expect(roleOf(staff, { [means]: now })).toBe('support');
  expect([roleOf(user, { passkey: now }), roleOf({ ...user, role: null }, { passkey: now })]).toEqual([
    undefined,
    undefined,
  ]);
});

test('an account is frozen once, but never one of the desk', () => {
  expect(freeze(user, now)).toEqual({ frozenAt: now });
  expect(freeze({ ...user, frozenAt: now }, new Date(0))).toBeUndefined();
  expect(() => freeze({ ...user, role: 'support' }, now)).toThrow(
    expect.objectContaining({ code: 'account-of-staff' }),
  );
});

test('a frozen account is refused, and so is one’s own', () => {
  expect(() => {
    refuseFrozen({ frozenAt: now });
  }).toThrow(expect.objectContaining({ code: 'account-frozen' }));
  refuseFrozen(user);
  expect(() => {
    refuseOwn(id, id);
  }).toThrow(expect.objectContaining({ code: 'own-account' }));
  refuseOwn(id, other);
  refuseOwn(id, undefined);
});
