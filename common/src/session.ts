import cookieSession from 'cookie-session';
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { Refusal } from './contract';
import { tokens } from './tokens';

/** The caller. */
export const Caller = z.object({ id: z.string(), email: z.string() });
export type Caller = z.infer<typeof Caller>;

const LIFETIME_SECONDS = 7 * 24 * 60 * 60;
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
  const verify = (token: unknown): Caller | undefined => Caller.safeParse(verifyToken(token)).data;
  const sign = ({ id, email }: Caller) => signToken({ id, email }, { expiresIn: LIFETIME_SECONDS });
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
      return verify(tokenOf(req));
    },
    /** Signs a user in. */
    issue: (req: Request, caller: Caller) => write(req, { jwt: sign(caller) }),
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
      const caller = verify(tokenOf(req));
      if (!caller) return next(new Refusal('sign-in-first'));
      res.locals.caller = caller;
      next();
    }) as RequestHandler,
  };
}

export type Sessions = ReturnType<typeof sessions>;
