import { randomUUID } from 'node:crypto';
import { lifetimes, tokens } from '@ticketing/common';
import type { Request } from 'express';
import { z } from 'zod';
import { hostCookie } from './cookies';
import type { User } from './domain/user';

/** A browser that has signed in to an account before; `iat` says when, in seconds since 1970. */
const Device = z.object({ id: z.string(), account: z.string(), iat: z.int() });
export type Device = z.infer<typeof Device>;

/** The device, if the account knows it. */
export const knownTo = (
  { _id, devicesSince }: Pick<User, 'devicesSince'> & { _id: { toString(): string } },
  device: Device | undefined,
): Device | undefined =>
  device?.account === _id.toString() && device.iat * 1000 >= (devicesSince?.getTime() ?? 0) ? device : undefined;

const AUDIENCE = 'device';

/**
 * Device cookies (OWASP): a browser that has one is not locked out of its account by other people's failed sign-ins.
 * @param now the database's time: it decides which devices an account knew before it forgot all
 */
export function devices(secrets: string[], now: () => Date) {
  const { sign, verify } = tokens(secrets, now);
  const cookie = hostCookie('device', { sameSite: 'lax', maxAge: lifetimes.device });
  return {
    /** The device a request comes from, if known. */
    of: (req: Request): Device | undefined => Device.safeParse(verify(cookie.read(req), { audience: AUDIENCE })).data,
    /**
     * Remembers the request's device for an account.
     * @param since when the account forgot all devices, if it just did: this one is known from then on
     */
    remember(req: Request, account: string, since?: Date) {
      const known = { id: randomUUID(), account, ...(since && { iat: Math.ceil(since.getTime() / 1000) }) };
      const token = sign(known, { audience: AUDIENCE, expiresIn: lifetimes.device / 1000 });
      cookie.write(req, token);
    },
  };
}

export type Devices = ReturnType<typeof devices>;
