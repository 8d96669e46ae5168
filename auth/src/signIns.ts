import {
  Refusal,
  type Cause,
  type PasskeySignInInput,
  type ProofInput,
  type SignedIn,
  type StepInput,
} from '@ticketing/common';
import type { Challenge, Challenges, Ticket } from './challenges';
import { codeWrong, passkeyUnknown } from './domain/factors';
import { existing, stepExpired, wrongPassword } from './domain/user';
import type { Entrance } from './entrance';
import { readAll, readUserByPasskey } from './factorStore';
import type { Continued } from './continued';
import type { AccountSessions } from './sessions';
import type { Steps } from './steps';
import type { StoredUser } from './store';
import type { Visitor } from './visitor';
import type { Webauthn } from './webauthn';

/** Signing in other than with a password alone, and repeated proofs of identity. */
export function createSignIns(
  webauthn: Pick<Webauthn, 'request'>,
  { tickets }: Pick<Challenges, 'tickets'>,
  steps: Steps,
  { prove, enter }: Entrance,
  sessions: Pick<AccountSessions, 'prove'>,
  now: () => Date,
) {
  /** The account whose password was given; refuses if the step ticket has expired, or its sessions were ended since. */
  async function ticketHolder(ticket: Ticket | undefined): Promise<StoredUser> {
    const user = ticket ? await readAll(ticket.account) : null;
    if (!user?.twoStepSince || (user.generation ?? 0) !== ticket?.generation) throw stepExpired();
    return user;
  }

  /** Logs a refused passkey. */
  const noting =
    (visitor: Visitor, user?: StoredUser) =>
    (error: unknown): never => {
      if (error instanceof Refusal) visitor.log('sign-in-failed', user?._id.toString(), ['passkey']);
      throw error;
    };

  async function proofOf(
    user: StoredUser,
    input: ProofInput,
    asked: Challenge | undefined,
    visitor: Visitor,
    cause: Cause,
  ) {
    const { password = '', code, credential } = input;
    const id = user._id.toString();
    if (credential) {
      const challenge = await steps.close(asked, 'proof', id);
      return steps.byPasskey(user, credential, challenge).catch(noting(visitor, user));
    }
    await prove(() => Promise.resolve(user), { email: user.email, password }, visitor, wrongPassword);
    if (user.twoStepSince && !code) throw codeWrong();
    return { password: now(), ...(user.twoStepSince && code && (await steps.byCode(user, code, visitor, cause))) };
  }

  return {
    /** The options for signing in with a passkey: the same for everyone. */
    options: () => webauthn.request(),

    /** Signs in with any account's passkey: it verifies its user, so no second step is needed. */
    async byPasskey(
      { credential }: PasskeySignInInput,
      asked: Challenge | undefined,
      visitor: Visitor,
      cause: Cause,
    ): Promise<Continued> {
      const challenge = await steps.close(asked, 'sign-in');
      const user = await readUserByPasskey(credential.id);
      if (!user) return noting(visitor)(passkeyUnknown());
      const proofs = await steps.byPasskey(user, credential, challenge).catch(noting(visitor, user));
      return enter(user, proofs, visitor, cause);
    },

    /** The options for a passkey of the account whose password was given. */
    async stepOptions(ticket: Ticket | undefined) {
      const user = await ticketHolder(ticket);
      if (!user.passkeys?.length) throw new Refusal('factor-missing');
      return { account: user._id.toString(), options: await webauthn.request(user.passkeys) };
    },

    /** Takes the second step of signing in. */
    async takeStep(
      { code = '', credential }: StepInput,
      ticket: Ticket | undefined,
      asked: Challenge | undefined,
      visitor: Visitor,
      cause: Cause,
    ): Promise<Continued> {
      const user = await ticketHolder(ticket);
      const proofs = credential
        ? await steps
            .byPasskey(user, credential, await steps.close(asked, 'step', user._id.toString()))
            .catch(noting(visitor, user))
        : await steps.byCode(user, code, visitor, cause);
      if (!ticket || !(await tickets.close(ticket))) throw stepExpired();
      return enter(user, { password: new Date(ticket.iat * 1000), ...proofs }, visitor, cause);
    },

    /** The options for one of the caller's passkeys. */
    async proofOptions(id: string) {
      return webauthn.request(existing(await readAll(id)).passkeys);
    },

    /** Records that the caller has proved their identity again. */
    async proveAgain(
      { caller, session }: SignedIn,
      input: ProofInput,
      asked: Challenge | undefined,
      visitor: Visitor,
      cause: Cause,
    ): Promise<Continued> {
      const user = existing(await readAll(caller.id));
      const proofs = await proofOf(user, input, asked, visitor, cause);
      visitor.log('proof-given', caller.id, Object.keys(proofs));
      return {
        user: { id: caller.id, email: user.email },
        session: await sessions.prove(session, proofs, visitor, cause),
      };
    },
  };
}

export type SignIns = ReturnType<typeof createSignIns>;
