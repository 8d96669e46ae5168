import { randomBytes } from 'node:crypto';
import cookieSession from 'cookie-session';
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { lifetimes, Refusal, Role } from './contract';
import { Recent } from './recent';
import { tokens } from './tokens';

/** The caller. */
export const Caller = z.object({ id: z.string(), email: z.string() });
export type Caller = z.infer<typeof Caller>;

const AUDIENCE = 'session';
/** Maximum lifetime of a token in milliseconds: a session unused for this long has expired. */
export const SESSION_LIFETIME = lifetimes.session;

/** A session of an account. */
export interface SessionKey {
  sid: string;
  /** The account's generation when it began: raising that ends the session (see `session:ended`). */
  generation: number;
  /** When its owner last proved a second factor; undefined if never. */
  factor?: Date;
  /** Its owner's role, if they proved a second factor when it began. */
  role?: Role;
  /** Whether the account will be deleted: it can start nothing new. */
  isLeaving?: boolean;
}

/** A session, as described by one of its tokens. */
export interface Session extends SessionKey {
  userId: string;
  issuedAt: Date;
  expiresAt: Date;
}

/** Which sessions have ended (see `Ended`). */
interface Endings {
  has(session: Session): boolean;
}

const claims = { ...Caller.shape, iat: z.int(), exp: z.int() };
const ofSession = {
  aud: z.literal(AUDIENCE),
  sid: z.string(),
  gen: z.int(),
  fac: z.int().optional(),
  rol: Role.optional(),
  lvg: z.literal(1).optional(),
};
const Claims = z.union([
  z.object({ ...claims, ...ofSession }),
  // Tokens of earlier versions of the code, until the last of them has expired.
  z.object({ ...claims, aud: z.undefined().optional() }),
]);

/** The caller, and their session. */
export interface SignedIn {
  caller: Caller;
  session: Session;
}

/** Admits only callers whose account will not be deleted; goes after `require`. No I/O: the session says so. */
export const staying: RequestHandler = (_req, res, next) => {
  const { isLeaving } = (res.locals as SignedIn).session;
  next(isLeaving ? new Refusal('account-leaving') : undefined);
};

/** Over HTTPS the prefix keeps sibling domains from setting the cookie. Over HTTP browsers reject it. */
const NAMES = { https: '__Host-session', http: 'session' };
/** Maximum length of a cookie's value, in characters: three times what a session needs. */
const MAX_COOKIE = 2_048;

/** A request's cookie value, or undefined. Values longer than `max` characters are ignored. */
export function readCookie(req: Request, name: string, max = MAX_COOKIE): string | undefined {
  const value = req.headers.cookie
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
  return value && value.length <= max ? value : undefined;
}

/** Marks a response as private: no cache may store it. */
export const keepPrivate = (res: Response | undefined) => void res?.set('Cache-Control', 'no-store');

/** The session token from the cookie: over HTTPS, from the one that sibling domains cannot set. */
function tokenOf(req: Request): unknown {
  const value = readCookie(req, req.secure ? NAMES.https : NAMES.http);
  if (!value) return undefined;
  try {
    const session = JSON.parse(Buffer.from(value, 'base64').toString()) as { jwt?: unknown } | null;
    return session?.jwt;
  } catch {
    return undefined;
  }
}

/** Writes the session cookie; the request's cookie is never echoed. */
const cookieWriter = (name: string, secure: boolean) =>
  cookieSession({ name, secure, signed: false, httpOnly: true, sameSite: 'lax', maxAge: SESSION_LIFETIME });

/**
 * Sessions: an httpOnly cookie, `session` or, over HTTPS, `__Host-session`, that contains a JSON Web Token. Nothing is
 * looked up: ended sessions are in memory. Responses that depend on the caller are `no-store`.
 * @param secrets accepted keys; the first one signs
 * @param now the database's time: tokens begin and expire by it, on every machine
 */
export function sessions(secrets: string[], ended: Endings, now = () => new Date()) {
  const { sign: signToken, verify: verifyToken } = tokens(secrets, now);
  const known = new Recent<SignedIn>();
  const read = (token: string): SignedIn | undefined => {
    const { data } = Claims.safeParse(verifyToken(token));
    if (!data) return undefined;
    const { id, email, iat, exp } = data;
    // A token without a session is named by its signature.
    const key = 'sid' in data ? keyOf(data) : { sid: token.split('.')[2] ?? '', generation: 0 };
    const session = { ...key, userId: id, issuedAt: new Date(iat * 1000), expiresAt: new Date(exp * 1000) };
    const signedIn = { caller: Object.freeze({ id, email }), session: Object.freeze(session) };
    known.set(token, signedIn);
    return signedIn;
  };
  /** A token accepted once needs no second verification of its signature, but may have expired or ended since. */
  const verify = (token: unknown): SignedIn | undefined => {
    const signedIn = typeof token === 'string' ? (known.get(token) ?? read(token)) : undefined;
    if (!signedIn || signedIn.session.expiresAt <= now()) return undefined;
    return ended.has(signedIn.session) ? undefined : signedIn;
  };
  /** A token that lasts `lifetime` milliseconds; by default of a new session in the account's first generation. */
  const sign = ({ id, email }: Caller, key: SessionKey = newSession(), lifetime = SESSION_LIFETIME) =>
    signToken(
      {
        ...{ id, email, sid: key.sid, gen: key.generation, rol: key.role },
        ...(key.factor && { fac: secondsOf(key.factor) }),
        ...(key.isLeaving && { lvg: 1 }),
      },
      { audience: AUDIENCE, expiresIn: Math.floor(Math.min(lifetime, SESSION_LIFETIME) / 1000) },
    );
  const writers = { https: cookieWriter(NAMES.https, true), http: cookieWriter(NAMES.http, false) };

  const write = (req: Request, session: { jwt: string } | null) => {
    if (!req.res) throw new Error('A session is written to the answer of a request');
    keepPrivate(req.res);
    writers[req.secure ? 'https' : 'http'](req, req.res, () => undefined);
    req.session = session;
  };

  /** The caller and their session, if signed in. */
  const of = (req: Request): SignedIn | undefined => {
    keepPrivate(req.res);
    return verify(tokenOf(req));
  };

  const admit =
    (role?: Role): RequestHandler =>
    (req, res, next) => {
      const signedIn = of(req);
      if (!signedIn) return next(new Refusal('sign-in-first'));
      if (role && signedIn.session.role !== role) return next(new Refusal('support-only'));
      Object.assign(res.locals, signedIn);
      next();
    };

  return {
    of,
    /** The caller, if signed in. */
    caller: (req: Request): Caller | undefined => of(req)?.caller,
    /** Signs a user in. */
    issue: (req: Request, ...signed: Parameters<typeof sign>) => write(req, { jwt: sign(...signed) }),
    /** The token that `issue` puts into the cookie. */
    sign,
    /** Signs the user out. */
    end(req: Request) {
      write(req, null);
      if (req.secure) req.res?.clearCookie(NAMES.http);
    },
    /** Admits only signed-in callers and puts them into `res.locals`; others get 401. */
    require: admit(),
    /** Admits only the support desk; others get 401 or 403. */
    requireSupport: admit('support'),
  };
}

type SessionClaims = z.infer<z.ZodObject<Omit<typeof ofSession, 'aud'>>>;

const secondsOf = (time: Date) => Math.floor(time.getTime() / 1000);

const keyOf = ({ sid, gen, fac, rol, lvg }: SessionClaims): SessionKey => ({
  sid,
  generation: gen,
  ...(rol && { role: rol }),
  ...(fac !== undefined && { factor: new Date(fac * 1000) }),
  ...(lvg && { isLeaving: true }),
});

const newSession = (): SessionKey => ({ sid: randomBytes(12).toString('hex'), generation: 0 });

export type Sessions = ReturnType<typeof sessions>;
