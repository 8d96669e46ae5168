import { MAX_PASSKEYS, Refusal } from '@ticketing/common/contract';

/** A passkey of an account. */
export interface Passkey {
  id: string;
  /** Of the credential, in base64url: what its authenticator knows it by. */
  credential: string;
  /** COSE, in base64url. */
  publicKey: string;
  /** Of its signatures; 0 if its authenticator does not count. */
  counter: number;
  /** How its authenticator can be reached, for the browser. */
  transports: string[];
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** The codes of an authenticator app. */
export interface App {
  /** Sealed, in base64url. */
  secret: string;
  /** The last time step of which a code was taken: none of it or before is taken again. */
  step: number;
}

/** How the owner of an account may sign in, besides by password. */
export interface Factors {
  passkeys?: Passkey[];
  app?: App | null;
  /** The secret, sealed, of an app that is being set up, and until when. */
  pendingApp?: { secret: string; until: Date } | null;
  /** Since when a password alone does not do; it always has an app or a passkey beside it. */
  twoStepSince?: Date | null;
  /** SHA-256 of those that are left. */
  recoveryCodes?: string[];
}

/** When the owner of a session last proved to be who they are, by each means. */
export interface Proofs {
  password?: Date;
  app?: Date;
  passkey?: Date;
  recovery?: Date;
}

/** Steps that prove who someone is. */
export type Step = 'app' | 'passkey' | 'recovery';

/** How long a proof of who they are lets someone change how they sign in, in milliseconds. */
export const PROVEN = 10 * 60_000;

/** The ways to take the second step. */
export const stepsOf = ({ passkeys = [], app, recoveryCodes = [] }: Factors): Step[] => [
  ...(passkeys.length > 0 ? (['passkey'] as const) : []),
  ...(app ? (['app'] as const) : []),
  ...(recoveryCodes.length > 0 ? (['recovery'] as const) : []),
];

/** When a second factor was last proven; a passkey, which verifies its user, is two by itself. */
export function factorOf({ app, passkey, recovery }: Proofs): Date | undefined {
  const times = [app, passkey, recovery].flatMap((time) => time?.getTime() ?? []);
  return times.length > 0 ? new Date(Math.max(...times)) : undefined;
}

/** Refuses to change how an account is signed in to unless its owner has just proven to be who they are. */
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

/** An account's passkeys with another one. */
export function withPasskey(factors: Factors, passkey: Passkey): Passkey[] {
  refuseMorePasskeys(factors);
  const { passkeys = [] } = factors;
  if (passkeys.some(({ credential }) => credential === passkey.credential)) throw passkeyKnown();
  return [...passkeys, passkey];
}

/** An account's passkeys with one under another name. */
export function renamed({ passkeys = [] }: Factors, id: string, name: string) {
  const renamed = { ...found(passkeys, id), name };
  return { renamed, passkeys: passkeys.map((passkey) => (passkey.id === id ? renamed : passkey)) };
}

/** An account's passkeys without one; where signing in takes two steps, something must be left for the second. */
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

/** What an account is without its app. */
export function withoutApp({ passkeys = [], app, twoStepSince }: Factors): Partial<Factors> {
  if (!app) throw new Refusal('factor-missing');
  if (twoStepSince && passkeys.length === 0) throw new Refusal('factor-last');
  return { app: null, pendingApp: null };
}

/** What an account is once a password alone does for it again. */
export const oneStep = (): Partial<Factors> => ({ app: null, pendingApp: null, twoStepSince: null, recoveryCodes: [] });

export const passkeyKnown = () => new Refusal('passkey-known');
export const passkeyInvalid = () => new Refusal('passkey-invalid', { field: 'credential' });
export const passkeyUnknown = () => new Refusal('passkey-unknown', { field: 'credential' });
export const challengeExpired = () => new Refusal('challenge-expired');
export const codeWrong = () => new Refusal('code-wrong', { field: 'code' });
