import { randomUUID } from 'node:crypto';
import { lifetimes, tokens } from '@ticketing/common';
import type { Request } from 'express';
import { z } from 'zod';
import { hostCookie } from './cookies';

/** A browser that has signed in to an account before. */
const Device = z.object({ id: z.string(), account: z.string() });
export type Device = z.infer<typeof Device>;

const AUDIENCE = 'device';

/**
 * Device cookies (OWASP): a browser that has one is not locked out of its account by other people's failed sign-ins.
 */
export function devices(secrets: string[]) {
  const { sign, verify } = tokens(secrets);
  const cookie = hostCookie('device', { sameSite: 'lax', maxAge: lifetimes.device });
  return {
    /** The device a request comes from, if known. */
    of: (req: Request): Device | undefined => Device.safeParse(verify(cookie.read(req), { audience: AUDIENCE })).data,
    /** Remembers the request's device for an account. */
    remember(req: Request, account: string) {
      const token = sign({ id: randomUUID(), account }, { audience: AUDIENCE, expiresIn: lifetimes.device / 1000 });
      cookie.write(req, token);
    },
  };
}

export type Devices = ReturnType<typeof devices>;
