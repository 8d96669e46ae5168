import { Refusal, type AppBody, type Cause, type FactorsBody, type SignedIn } from '@ticketing/common';
import type { Changes, Plan } from './changes';
import { asRead, hashOf, newRecoveryCodes, newSecret, stepOf, urlOf } from './codes';
import * as domain from './domain/factors';
import type { Factors } from './domain/factors';
import { existing } from './domain/user';
import { readFactors } from './factorStore';
import { toPasskeyBody } from './passkeys';
import type { Sealing } from './sealing';
import type { Continued } from './continued';
import type { AccountSessions } from './sessions';
import type { Visitor } from './visitor';

/** How long setting up an authenticator app may take, in milliseconds. */
const SET_UP = 15 * 60_000;

/** Two-step sign-in. Turning it on or off, or changing its factors, ends all other sessions. */
export function createFactors(
  changes: Changes,
  sealing: Sealing,
  sessions: Pick<AccountSessions, 'prove'>,
  now: () => Date,
) {
  /** Turns it on, with new recovery codes; undefined if it is on already. */
  const on = ({ twoStepSince }: Factors, codes: string[]): Plan | undefined =>
    twoStepSince
      ? undefined
      : { set: { twoStepSince: now(), recoveryCodes: codes.map(hashOf) }, told: 'two-step-on', log: 'two-step-on' };

  /** The new codes of a plan, shown only this once. */
  const shown = ({ set }: Plan, codes: string[]) => (set.recoveryCodes ? codes.map(asRead) : []);

  return {
    async list(id: string): Promise<FactorsBody> {
      const { twoStepSince, app, recoveryCodes = [], passkeys = [] } = existing(await readFactors(id));
      return {
        ...{ isTwoStep: Boolean(twoStepSince), hasApp: Boolean(app), recoveryCodes: recoveryCodes.length },
        passkeys: passkeys.map(toPasskeyBody),
      };
    },

    /** Starts setting up an authenticator app. The old one counts until a code from the new one is entered. */
    async beginApp(signedIn: SignedIn, visitor: Visitor, cause: Cause): Promise<AppBody> {
      const [secret, until] = [newSecret(), new Date(now().getTime() + SET_UP)];
      const pendingApp = { secret: sealing.seal(secret, signedIn.caller.id), until };
      const { user } = await changes.make(signedIn, visitor, cause, () => ({ set: { pendingApp } }));
      return { secret, url: urlOf(secret, user.email) };
    },

    /** Accepts the first code of the app being set up. From then on two-step sign-in is on. */
    async confirmApp(signedIn: SignedIn, code: string, visitor: Visitor, cause: Cause) {
      const codes = newRecoveryCodes();
      const { plan, ...changed } = await changes.make(signedIn, visitor, cause, (factors) => {
        const { pendingApp } = factors;
        if (!pendingApp || pendingApp.until < now()) throw domain.challengeExpired();
        const opened = sealing.tryOpen(pendingApp.secret, signedIn.caller.id);
        if (!opened) throw domain.challengeExpired();
        const step = stepOf(opened.secret, code, now());
        if (step === undefined) throw domain.codeWrong();
        const app = { app: { secret: opened.sealed, step }, pendingApp: null };
        const { set, ...effects }: Plan = on(factors, codes) ?? { set: {}, told: 'app-replaced' };
        return { ...effects, set: { ...set, ...app }, ends: true };
      });
      const session = await sessions.prove({ ...signedIn.session, ...changed.session }, { app: now() }, visitor, cause);
      return { continued: { ...changed, session }, recoveryCodes: shown(plan, codes) };
    },

    removeApp: (signedIn: SignedIn, visitor: Visitor, cause: Cause) =>
      changes.make(signedIn, visitor, cause, (factors) => ({
        set: domain.withoutApp(factors),
        ...{ told: 'app-removed', log: 'account-changed', ends: true },
      })),

    /** Requires the caller's passkeys after their password. */
    async switchOn(signedIn: SignedIn, visitor: Visitor, cause: Cause) {
      const codes = newRecoveryCodes();
      const { plan, ...continued } = await changes.make(signedIn, visitor, cause, (factors) => {
        if (domain.stepsOf(factors).length === 0) throw new Refusal('factor-missing');
        const plan = on(factors, codes);
        return plan ? { ...plan, ends: true } : { set: {} };
      });
      return { continued, recoveryCodes: shown(plan, codes) };
    },

    /**
     * Lets the password alone do again. The session counts as proven by no second factor from then, and is none of the
     * support desk any more.
     */
    async switchOff(signedIn: SignedIn, visitor: Visitor, cause: Cause): Promise<Continued> {
      const { user, session } = await changes.make(signedIn, visitor, cause, () => ({
        ...{ set: domain.oneStep(), told: 'two-step-off', log: 'two-step-off', ends: true },
      }));
      return { user, session: { ...session, factor: undefined, role: undefined } };
    },

    /** New recovery codes; the old ones become void. */
    async renewRecoveryCodes(signedIn: SignedIn, visitor: Visitor, cause: Cause): Promise<string[]> {
      const codes = newRecoveryCodes();
      await changes.make(signedIn, visitor, cause, ({ twoStepSince }) => {
        if (!twoStepSince) throw new Refusal('factor-off');
        return { set: { recoveryCodes: codes.map(hashOf) }, told: 'codes-made', log: 'recovery-codes-made' };
      });
      return codes.map(asRead);
    },
  };
}

export type AccountFactors = ReturnType<typeof createFactors>;
