import {
  isDuplicateKey,
  retryConflicts,
  type Cause,
  type Outbox,
  type PasskeyBody,
  type PasskeyInput,
  type SignedIn,
} from '@ticketing/common';
import type { Challenge } from './challenges';
import type { Changes } from './changes';
import * as domain from './domain/factors';
import { existing } from './domain/user';
import type { Steps } from './steps';
import * as store from './store';
import type { Visitor } from './visitor';
import type { Webauthn } from './webauthn';

export const toPasskeyBody = ({ id, name, createdAt, lastUsedAt }: domain.Passkey): PasskeyBody => ({
  ...{ id, name, createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null },
});

/** The passkeys of accounts. */
export const createPasskeys = (
  outbox: Outbox,
  changes: Changes,
  webauthn: Pick<Webauthn, 'creation' | 'added'>,
  steps: Pick<Steps, 'close'>,
  now: () => Date,
) => ({
  /** The options for creating a passkey in the caller's browser. */
  async options(signedIn: SignedIn) {
    const user = await changes.proven(signedIn);
    domain.refuseMorePasskeys(user);
    return webauthn.creation({ id: signedIn.caller.id, email: user.email }, user.passkeys ?? []);
  },

  /** Adds the passkey created by the caller's browser. */
  async add(
    signedIn: SignedIn,
    { name, credential }: PasskeyInput,
    asked: Challenge | undefined,
    visitor: Visitor,
    cause: Cause,
  ): Promise<PasskeyBody> {
    const made = await webauthn.added(credential, await steps.close(asked, 'add', signedIn.caller.id));
    const passkey = { ...made, id: store.newId().toString(), name, createdAt: now(), lastUsedAt: null };
    try {
      await changes.make(signedIn, visitor, cause, (factors) => ({
        ...{ set: { passkeys: domain.withPasskey(factors, passkey) }, told: 'passkey-added', log: 'passkey-added' },
      }));
    } catch (error) {
      // It is already registered.
      throw isDuplicateKey(error) ? domain.passkeyKnown() : error;
    }
    return toPasskeyBody(passkey);
  },

  /** Renames a passkey. Needs no proof, since it grants nothing. */
  rename: (id: string, passkeyId: string, name: string, cause: Cause): Promise<PasskeyBody> =>
    retryConflicts(async () => {
      const user = existing(await store.loadUser(id));
      const { passkeys, renamed } = domain.renamed(user, passkeyId, name);
      await outbox.commit(user.set({ passkeys }), [], cause);
      return toPasskeyBody(renamed);
    }),

  /** Removes a passkey. It may have been lost, so all other sessions end. */
  remove: (signedIn: SignedIn, id: string, visitor: Visitor, cause: Cause) =>
    changes.make(signedIn, visitor, cause, (factors) => ({
      set: { passkeys: domain.withoutPasskey(factors, id) },
      ...{ told: 'passkey-removed', log: 'passkey-removed', ends: true },
    })),
});

export type Passkeys = ReturnType<typeof createPasskeys>;
