import { MAX_PASSKEYS, Refusal } from '@ticketing/common/contract';

/** A passkey of an account. */
export interface Passkey {
  id: string;
  /** The credential's id, in base64url. */
  credential: string;
  /** COSE, in base64url. */
  publicKey: string;
  /** Signature counter; 0 if the authenticator has none. */
  counter: number;
  /** Transports of its authenticator, for the browser. */
  transports: string[];
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** The codes of an authenticator app. */
export interface App {
  /** Sealed, in base64url. */
  secret: string;
  /** The last time step with an accepted code: neither it nor earlier ones are accepted again. */
  step: number;
}

/** How the owner of an account may sign in, other than by password. */
export interface Factors {
  passkeys?: Passkey[];
  app?: App | null;
  /** The sealed secret of an app being set up, and its expiry. */
  pendingApp?: { secret: string; until: Date } | null;
  /** Since when a password alone is not enough; there is always an app or a passkey as well. */
  twoStepSince?: Date | null;
  /** SHA-256 of the unused ones. */
  recoveryCodes?: string[];
}

/** When the owner of a session last proved who they are, by each means. */
export interface Proofs {
  password?: Date;
  app?: Date;
  passkey?: Date;
  recovery?: Date;
}

/** Steps that prove who someone is. */
export type Step = 'app' | 'passkey' | 'recovery';

/** How long a proof of identity allows changes to how someone signs in, in milliseconds. */
export const PROVEN = 10 * 60_000;

/** The ways to take the second step. */
export const stepsOf = ({ passkeys = [], app, recoveryCodes = [] }: Factors): Step[] => [
  ...(passkeys.length > 0 ? (['passkey'] as const) : []),
  ...(app ? (['app'] as const) : []),
  ...(recoveryCodes.length > 0 ? (['recovery'] as const) : []),
];

/** When a second factor was last proven; a passkey verifies its user, and so counts as both. */
export function factorOf({ app, passkey, recovery }: Proofs): Date | undefined {
  const times = [app, passkey, recovery].flatMap((time) => time?.getTime() ?? []);
  return times.length > 0 ? new Date(Math.max(...times)) : undefined;
}

/** Refuses changes to how an account is signed in to, unless its owner has recently proved who they are. */
export function refuseUnproven(factors: Factors, proofs: Proofs, now: Date) {
  const isFresh = (time?: Date) => time !== undefined && now.getTime() - time.getTime() <= PROVEN;
  const isTwoStep = Boolean(factors.twoStepSince);
  const knows = isFresh(proofs.password) || isFresh(proofs.passkey);
  if (knows && (!isTwoStep || isFresh(factorOf(proofs)))) return;
  throw new Refusal('proof-required', { params: { steps: isTwoStep ? 'password, code' : 'password' } });
}

export function refuseMorePasskeys({ passkeys = [] }: Factors) {
  if (passkeys.length >= MAX_PASSKEYS) throw new Refusal('passkeys-full', { params: { max: MAX_PASSKEYS } });
}

/** An account's passkeys with one added. */
export function withPasskey(factors: Factors, passkey: Passkey): Passkey[] {
  refuseMorePasskeys(factors);
  const { passkeys = [] } = factors;
  if (passkeys.some(({ credential }) => credential === passkey.credential)) throw passkeyKnown();
  return [...passkeys, passkey];
}

/** An account's passkeys with one renamed. */
export function renamed({ passkeys = [] }: Factors, id: string, name: string) {
  const renamed = { ...found(passkeys, id), name };
  return { renamed, passkeys: passkeys.map((passkey) => (passkey.id === id ? renamed : passkey)) };
}

/** An account's passkeys without one; with two-step sign-in, a second step must remain possible. */
export function withoutPasskey({ passkeys = [], app, twoStepSince }: Factors, id: string): Passkey[] {
  found(passkeys, id);
  if (twoStepSince && !app && passkeys.length === 1) throw new Refusal('factor-last');
  return passkeys.filter((passkey) => passkey.id !== id);
}

function found(passkeys: Passkey[], id: string): Passkey {
  const passkey = passkeys.find((each) => each.id === id);
  if (!passkey) throw new Refusal('passkey-not-found');
  return passkey;
}

/** The changes that remove an account's app. */
export function withoutApp({ passkeys = [], app, twoStepSince }: Factors): Partial<Factors> {
  if (!app) throw new Refusal('factor-missing');
  if (twoStepSince && passkeys.length === 0) throw new Refusal('factor-last');
  return { app: null, pendingApp: null };
}

/** The changes that turn two-step sign-in off. */
export const oneStep = (): Partial<Factors> => ({ app: null, pendingApp: null, twoStepSince: null, recoveryCodes: [] });

export const passkeyKnown = () => new Refusal('passkey-known');
export const passkeyInvalid = () => new Refusal('passkey-invalid', { field: 'credential' });
export const passkeyUnknown = () => new Refusal('passkey-unknown', { field: 'credential' });
export const challengeExpired = () => new Refusal('challenge-expired');
export const codeWrong = () => new Refusal('code-wrong', { field: 'code' });
