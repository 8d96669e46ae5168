import cookieSession from 'cookie-session';
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { Refusal } from './contract';
import { tokens } from './tokens';

/** Who is calling. */
export const Caller = z.object({ id: z.string(), email: z.string() });
export type Caller = z.infer<typeof Caller>;

const LIFETIME_SECONDS = 7 * 24 * 60 * 60;
/** Over HTTPS the prefix keeps neighbours of our domain from setting the cookie. Over HTTP browsers refuse it. */
const NAMES = { https: '__Host-session', http: 'session' };
/** In characters of a cookie's value: three times what a session takes. */
const MAX_COOKIE = 2_048;

/** The value of a cookie of a request, or undefined. One that is longer than `max` characters is ignored. */
export function readCookie(req: Request, name: string, max = MAX_COOKIE): string | undefined {
  const value = req.headers.cookie
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
  return value && value.length <= max ? value : undefined;
}

/** Marks an answer as its reader's own: nobody on the way may keep it. */
export const keepPrivate = (res: Response | undefined) => void res?.set('Cache-Control', 'no-store');

/** The token in a session's cookie. One of the plain name still counts over HTTPS: all were set so once. */
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

/** Writes the session's cookie; what came with the request is never sent back. */
const cookieWriter = (name: string, secure: boolean) =>
  cookieSession({ name, secure, signed: false, httpOnly: true, sameSite: 'lax', maxAge: LIFETIME_SECONDS * 1000 });

/**
 * Sessions: an httpOnly cookie, `session` or over HTTPS `__Host-session`, that holds a JSON Web Token. Nothing is
 * looked up. Answers that depend on who is calling are `no-store`.
 * @param secrets keys that are accepted; the first one signs
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
    /** Who is calling, if anyone. */
    caller(req: Request): Caller | undefined {
      keepPrivate(req.res);
      return verify(tokenOf(req));
    },
    /** Signs someone in. */
    issue: (req: Request, caller: Caller) => write(req, { jwt: sign(caller) }),
    /** The token that `issue` puts into the cookie. */
    sign,
    /** Signs out whoever is signed in. */
    end(req: Request) {
      write(req, null);
      if (req.secure) req.res?.clearCookie(NAMES.http);
    },
    /** Lets only those pass who are signed in, and says who they are in `res.locals`; others get 401. */
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
