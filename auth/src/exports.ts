import { exportOf } from '@ticketing/common';
import { addressesOf } from './leavingStore';
import { alive, Links, Messages, newId, Sessions, Users, type StoredUser } from './store';

/** The export of what auth holds about someone. */
export const heldBy = (now: () => Date) => [
  exportOf(
    'account',
    Users,
    (id) => ({ _id: newId(id) }),
    [
      ...(['email', 'name', 'language', 'confirmedAt', 'pendingEmail', 'formerEmails', 'isUnsubscribed'] as const),
      ...(['passkeys.name', 'passkeys.createdAt', 'passkeys.lastUsedAt', 'twoStepSince'] as const),
      ...(['sessionsEndedAt', 'devicesSince', 'leavingAt', 'role', 'frozenAt'] as const),
    ],
    {
      passwordHash: 'a secret',
      recoveryCodes: 'secrets',
      app: 'a secret',
      pendingApp: 'a secret',
      resetBy: 'hash of a secret',
      confirmedBy: 'somebody at the support desk, whose actions are in its audit log',
      generation: 'counts how often all sessions were ended; sessionsEndedAt says when',
      leavingToldAt: 'when leavingAt was last published',
      deletedAt: 'set only on deleted accounts',
    },
  ),
  exportOf(
    'sessions',
    Sessions,
    (userId) => ({ userId }),
    ['browser', 'network', 'lastUsedAt', 'expiresAt', 'endedAt', 'proofs'],
    { userId: 'the caller', generation: 'see account', name: 'a part of a token' },
  ),
  exportOf(
    'messages',
    Messages,
    async (id) => {
      const user = await Users.findOne(alive(id)).lean<StoredUser>();
      return { to: { $in: [id, ...(user ? addressesOf(user, now()) : [])] } };
    },
    [
      ...(['kind', 'to', 'facts', 'owedAt', 'dueAt', 'triedAt', 'sentAt', 'againAt', 'parkedAt'] as const),
      ...(['tries', 'sends', 'problem', 'isVoid'] as const),
    ],
  ),
  exportOf('links', Links, (userId) => ({ userId }), ['kind', 'email', 'expiresAt'], {
    userId: 'the caller',
    hash: 'hash of a secret',
  }),
];

/** Collections without personal data, or only with data that is exported elsewhere. */
export const unnamed = {
  audit: 'what the support desk did, and why: kept for good',
  deadletters: 'events that wait for an operator; those about someone go with their account',
  departed: 'ids of accounts that are deleted',
  failures: 'limits: numbers under an account, an address or a network, for a day at most',
  brokers: 'which broker store everything was published to',
  endedsessions: 'which sessions are over: see sessions',
  leavers: 'see account.leavingAt',
};
