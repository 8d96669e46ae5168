import { randomBytes } from 'node:crypto';
import cookieSession from 'cookie-session';
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { Refusal } from './contract';
import { tokens } from './tokens';

/** The caller. */
export const Caller = z.object({ id: z.string(), email: z.string() });
export type Caller = z.infer<typeof Caller>;

const AUDIENCE = 'session';
const LIFETIME_SECONDS = 7 * 24 * 60 * 60;

/** One session of an account, as its token names it. */
export interface Session {
  sid: string;
  /** Of the account when it began: raising the account's ends the session (see `session:ended`). */
  generation: number;
}

const claims = { ...Caller.shape, iat: z.int() };
const Claims = z.union([
  z.object({ ...claims, aud: z.literal(AUDIENCE), sid: z.string(), gen: z.int() }),
  // Tokens of earlier versions, until the last of them has expired.
  z.object({ ...claims, aud: z.undefined().optional() }),
]);

/** Who is calling, and in which session. */
interface Verified {
  caller: Caller;
  session: Session & { issuedAt: Date };
}
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

/** The session token from the cookie. The unprefixed name is still accepted over HTTPS: older sessions use it. */
function tokenOf(req: Request): unknown {
  const value = readCookie(req, NAMES.https) ?? readCookie(req, NAMES.http);
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
  cookieSession({ name, secure, signed: false, httpOnly: true, sameSite: 'lax', maxAge: LIFETIME_SECONDS * 1000 });

/**
 * Sessions: an httpOnly cookie, `session` or, over HTTPS, `__Host-session`, that contains a JSON Web Token. Nothing is
 * looked up. Responses that depend on the caller are `no-store`.
 * @param secrets accepted keys; the first one signs
 */
export function sessions(secrets: string[]) {
  const { sign: signToken, verify: verifyToken } = tokens(secrets);
  const verify = (token: unknown): Verified | undefined => {
    const { data } = Claims.safeParse(verifyToken(token));
    if (!data) return undefined;
    const { id, email, iat } = data;
    // A token without a session is named by its signature.
    const [sid, generation] = 'sid' in data ? [data.sid, data.gen] : [String(token).split('.')[2] ?? '', 0];
    return { caller: { id, email }, session: { sid, generation, issuedAt: new Date(iat * 1000) } };
  };
  /** A token; unless told otherwise, of a session of its own in the account's first generation. */
  const sign = ({ id, email }: Caller, { sid, generation }: Session = { sid: newSid(), generation: 0 }) =>
    signToken({ id, email, sid, gen: generation }, { audience: AUDIENCE, expiresIn: LIFETIME_SECONDS });
  const writers = { https: cookieWriter(NAMES.https, true), http: cookieWriter(NAMES.http, false) };

  const write = (req: Request, session: { jwt: string } | null) => {
    if (!req.res) throw new Error('A session is written to the answer of a request');
    keepPrivate(req.res);
    writers[req.secure ? 'https' : 'http'](req, req.res, () => undefined);
    req.session = session;
  };

  return {
    /** The caller, if signed in. */
    caller(req: Request): Caller | undefined {
      keepPrivate(req.res);
      return verify(tokenOf(req))?.caller;
    },
    /** Signs a user in. */
    issue: (req: Request, caller: Caller, session?: Session) => write(req, { jwt: sign(caller, session) }),
    /** The token that `issue` puts into the cookie. */
    sign,
    /** Signs the user out. */
    end(req: Request) {
      write(req, null);
      if (req.secure) req.res?.clearCookie(NAMES.http);
    },
    /** Admits only signed-in callers and puts them into `res.locals`; others get 401. */
    require: ((req, res, next) => {
      keepPrivate(res);
      const verified = verify(tokenOf(req));
      if (!verified) return next(new Refusal('sign-in-first'));
      Object.assign(res.locals, verified);
      next();
    }) as RequestHandler,
  };
}

const newSid = () => randomBytes(12).toString('hex');

export type Sessions = ReturnType<typeof sessions>;
