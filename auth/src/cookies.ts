import { readCookie } from '@ticketing/common';
import type { Request } from 'express';

interface CookieOptions {
  sameSite: 'lax' | 'strict';
  /** In milliseconds. */
  maxAge: number;
}

/** Over HTTPS the prefix keeps sibling domains from setting the cookie. Over HTTP browsers reject it. */
const nameFor = ({ secure }: Request, name: string) => (secure ? `__Host-${name}` : name);

/** A cookie that scripts cannot read, and that belongs to this host alone. */
export const hostCookie = (name: string, { sameSite, maxAge }: CookieOptions) => ({
  read: (req: Request) => readCookie(req, nameFor(req, name)),

  write: (req: Request, value: string) =>
    void req.res?.cookie(nameFor(req, name), value, {
      ...{ httpOnly: true, secure: req.secure, path: '/' },
      ...{ sameSite, maxAge },
    }),
});
