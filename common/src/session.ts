import cookieSession from 'cookie-session';
import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { Refusal } from './contract';
import { tokens } from './tokens';

/** Who is calling. */
export const Caller = z.object({ id: z.string(), email: z.string() });
export type Caller = z.infer<typeof Caller>;

const LIFETIME_SECONDS = 7 * 24 * 60 * 60;

/**
 * Sessions: a signed, httpOnly cookie `session` that holds a JSON Web Token. Nothing is looked up.
 * @param secrets keys that are accepted; the first one signs
 */
export function sessions(secrets: string[]) {
  const { sign: signToken, verify: verifyToken } = tokens(secrets);
  const verify = (token: unknown): Caller | undefined => Caller.safeParse(verifyToken(token)).data;
  const sign = ({ id, email }: Caller) => signToken({ id, email }, { expiresIn: LIFETIME_SECONDS });

  /** Secure is left to the library: it follows `req.protocol`, which trusts the proxy in front. */
  const cookies = cookieSession({
    name: 'session',
    signed: false,
    httpOnly: true,
    sameSite: 'lax',
    maxAge: LIFETIME_SECONDS * 1000,
  });

  return {
    /** Reads the cookie; put it in front of any route that uses the others. */
    cookies,
    /** Who is calling, if anyone. */
    caller: (req: Request) => verify(req.session?.jwt),
    /** Signs someone in. */
    issue(req: Request, caller: Caller) {
      req.session = { jwt: sign(caller) };
    },
    /** The token that `issue` puts into the cookie. */
    sign,
    /** Signs out whoever is signed in. */
    end(req: Request) {
      req.session = null;
    },
    /** Lets only those pass who are signed in, and says who they are in `res.locals`; others get 401. */
    require: ((req, res, next) =>
      cookies(req, res, () => {
        const caller = verify(req.session?.jwt);
        if (!caller) return next(new Refusal('sign-in-first'));
        res.locals.caller = caller;
        next();
      })) as RequestHandler,
  };
}

export type Sessions = ReturnType<typeof sessions>;
