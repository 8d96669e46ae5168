import { randomUUID } from 'node:crypto';
import { lifetimes, readCookie, tokens } from '@ticketing/common';
import type { Request } from 'express';
import { z } from 'zod';

/** A browser that has signed in to an account before. */
const Device = z.object({ id: z.string(), account: z.string() });
export type Device = z.infer<typeof Device>;

const COOKIE = 'device';
const AUDIENCE = 'device';

/**
 * Device cookies (OWASP): a browser that has one is not locked out of its account by other people's failed sign-ins.
 */
export function devices(secrets: string[]) {
  const { sign, verify } = tokens(secrets);
  return {
    /** The device a request comes from, if known. */
    of: (req: Request): Device | undefined =>
      Device.safeParse(verify(readCookie(req, COOKIE), { audience: AUDIENCE })).data,
    /** Remembers the request's device for an account. */
    remember(req: Request, account: string) {
      const token = sign({ id: randomUUID(), account }, { audience: AUDIENCE, expiresIn: lifetimes.device / 1000 });
      req.res?.cookie(COOKIE, token, {
        httpOnly: true,
        sameSite: 'lax',
        secure: req.secure,
        path: '/api/users',
        maxAge: lifetimes.device,
      });
    },
  };
}

export type Devices = ReturnType<typeof devices>;
