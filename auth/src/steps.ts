import { retryConflicts, type Cause, type Outbox, type PasskeyAnswer } from '@ticketing/common';
import type { Challenge, Challenges } from './challenges';
import { hashOf, stepOf } from './codes';
import { knownTo } from './devices';
import * as domain from './domain/factors';
import type { Proofs } from './domain/factors';
import { aboutAccount, owed } from './domain/messages';
import { existing } from './domain/user';
import { countPasskey, takeStep } from './factorStore';
import type { AccountLimits } from './limits';
import type { Sealing } from './sealing';
import { loadUser, type StoredUser } from './store';
import type { Visitor } from './visitor';
import type { Webauthn } from './webauthn';

/** Proofs by passkey or code; each is accepted once. */
export function createSteps(
  outbox: Outbox,
  webauthn: Webauthn,
  challenges: Challenges,
  sealing: Sealing,
  limits: Pick<AccountLimits, 'countCode'>,
  now: () => Date,
) {
  /** Uses up a code of an app. Its secret is sealed anew in the same write if a former key had sealed it. */
  async function takeApp({ _id, app }: StoredUser, code: string, log: Visitor['log']): Promise<boolean> {
    if (!app) return false;
    const id = _id.toString();
    const opened = sealing.tryOpen(app.secret, id);
    if (!opened) {
      // Another factor is needed.
      log('app-open-failed', id);
      return false;
    }
    const step = stepOf(opened.secret, code, now());
    return step !== undefined && takeStep(id, app.secret, step, opened.sealed);
  }

  /** Uses up a recovery code and tells the owner: false if it is not the account's, or was used before. */
  const takeRecoveryCode = (id: string, hash: string, cause: Cause): Promise<boolean> =>
    retryConflicts(async () => {
      const user = existing(await loadUser(id));
      if (!user.recoveryCodes?.includes(hash)) return false;
      user.recoveryCodes = user.recoveryCodes.filter((one) => one !== hash);
      await outbox.commit(user, [owed(aboutAccount('changed', id, { what: 'code-used' }, now()))], cause);
      return true;
    });

  return {
    /** Uses up the challenge issued to someone for a purpose; refuses any other. */
    async close(asked: Challenge | undefined, purpose: Challenge['purpose'], account?: string): Promise<string> {
      if (asked?.purpose !== purpose || asked.account !== account) throw domain.challengeExpired();
      if (!(await challenges.passkeys.close(asked))) throw domain.challengeExpired();
      return asked.challenge;
    },

    /** Verifies a passkey's response to a challenge. */
    async byPasskey(user: StoredUser, answer: PasskeyAnswer, challenge: string): Promise<Proofs> {
      const [id, at] = [user._id.toString(), now()];
      const passkey = user.passkeys?.find(({ credential }) => credential === answer.id);
      if (!passkey) throw domain.passkeyUnknown();
      const counter = await webauthn.counted(answer, challenge, id, passkey);
      if (!(await countPasskey(id, answer.id, counter, at))) throw domain.passkeyInvalid();
      return { passkey: at };
    },

    /** Verifies a code of an account's app, or one of its recovery codes. */
    async byCode(user: StoredUser, code: string, { network, device, log }: Visitor, cause: Cause): Promise<Proofs> {
      const [id, at] = [user._id.toString(), now()];
      const kind = code.length > 6 ? 'recovery' : 'app';
      const takeBack = await limits.countCode(kind, id, network, knownTo(user, device));
      if (!(await (kind === 'app' ? takeApp(user, code, log) : takeRecoveryCode(id, hashOf(code), cause)))) {
        log('sign-in-failed', id, [kind]);
        throw domain.codeWrong();
      }
      await takeBack();
      if (kind === 'recovery') log('recovery-code-used', id);
      return { [kind]: at };
    },
  };
}

export type Steps = ReturnType<typeof createSteps>;
