import { randomBytes } from 'node:crypto';
import { consume, tokens } from '@ticketing/common';
import type { Request } from 'express';
import { z } from 'zod';
import { hostCookie } from './cookies';
import { limiter } from './store';

/** A challenge's id, and when it was issued, in seconds since 1970. */
interface Asked {
  jti: string;
  iat: number;
}

/** How long a challenge is valid. */
const LIFETIME_SECONDS = 5 * 60;

/**
 * Challenges that a browser keeps in a cookie until it answers: signed, so that nothing is stored until then, bound
 * to that browser, and valid once.
 */
function questions<S extends z.ZodObject>(name: string, schema: S, secrets: string[], now: () => Date) {
  const { sign, verify } = tokens(secrets, now);
  const cookie = hostCookie(name, { sameSite: 'strict', maxAge: LIFETIME_SECONDS * 1000 });
  const Claims = z.object({ ...schema.shape, jti: z.string(), iat: z.int() });
  const answered = limiter(`answered-${name}`, 1, 2 * LIFETIME_SECONDS);

  return {
    /** Stores a challenge in the browser. */
    ask(req: Request, question: z.input<S>) {
      const claims = { ...question, jti: randomBytes(16).toString('base64url') };
      cookie.write(req, sign(claims, { audience: name, expiresIn: LIFETIME_SECONDS }));
    },

    /** The challenge that a browser has to answer, if any. */
    of: (req: Request): (z.output<S> & Asked) | undefined =>
      Claims.safeParse(verify(cookie.read(req), { audience: name })).data as (z.output<S> & Asked) | undefined,

    /** Uses up a challenge: of several concurrent answers, one is accepted. */
    close: async ({ jti }: Asked): Promise<boolean> => (await consume(answered, jti)) === 0,
  };
}

const Challenge = z.object({
  /** What a passkey is requested for. */
  purpose: z.enum(['add', 'sign-in', 'step', 'proof']),
  challenge: z.string(),
  /** The account it was issued to; none when signing in. */
  account: z.string().optional(),
});

/** Someone who gave the right password and must take the second step. */
const Ticket = z.object({ account: z.string(), generation: z.int() });
export type Ticket = z.infer<typeof Ticket> & Asked;

/** Challenges for browsers during sign-in and proofs of identity. */
export const createChallenges = (secrets: string[], now: () => Date) => ({
  passkeys: questions('challenge', Challenge, secrets, now),
  tickets: questions('step', Ticket, secrets, now),
});

export type Challenges = ReturnType<typeof createChallenges>;
export type Challenge = z.infer<typeof Challenge> & Asked;
