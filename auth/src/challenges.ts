import { randomBytes } from 'node:crypto';
import { consume, hostCookie, tokens } from '@ticketing/common';
import type { Request } from 'express';
import { z } from 'zod';
import { limiter } from './store';

/** What names a question, and when it was asked, in seconds since 1970. */
interface Asked {
  jti: string;
  iat: number;
}

/** How long a question may be answered. */
const LIFETIME_SECONDS = 5 * 60;

/**
 * Questions that a browser keeps in a cookie until it answers them: signed, so that they cost nothing until then, bound
 * to that browser, and answered once.
 */
function questions<S extends z.ZodObject>(name: string, schema: S, secrets: string[], now: () => Date) {
  const { sign, verify } = tokens(secrets);
  const cookie = hostCookie(name, { sameSite: 'strict', maxAge: LIFETIME_SECONDS * 1000 });
  const Claims = z.object({ ...schema.shape, jti: z.string(), iat: z.int() });
  const answered = limiter(`answered-${name}`, 1, 2 * LIFETIME_SECONDS);
  const seconds = () => Math.floor(now().getTime() / 1000);

  return {
    /** Has the browser keep a question. */
    ask(req: Request, question: z.input<S>) {
      const claims = { ...question, jti: randomBytes(16).toString('base64url'), iat: seconds() };
      cookie.write(req, sign(claims, { audience: name, expiresIn: LIFETIME_SECONDS }));
    },

    /** The question that a browser has to answer, if it has one. */
    of: (req: Request): (z.output<S> & Asked) | undefined =>
      Claims.safeParse(verify(cookie.read(req), { audience: name, clockTimestamp: seconds() })).data as
        (z.output<S> & Asked) | undefined,

    /** Uses a question up. Of several answers at once, one is let through. */
    close: async ({ jti }: Asked): Promise<boolean> => (await consume(answered, jti)) === 0,
  };
}

const Challenge = z.object({
  /** What a passkey is asked for. */
  purpose: z.enum(['add', 'sign-in', 'step', 'proof']),
  challenge: z.string(),
  /** Whom it was put to; nobody in particular who signs in. */
  account: z.string().optional(),
});

/** Someone who gave the password, and is to take the second step. */
const Ticket = z.object({ account: z.string(), generation: z.int() });
export type Ticket = z.infer<typeof Ticket> & Asked;

/** What browsers are asked while someone signs in, or proves to be who they are. */
export const createChallenges = (secrets: string[], now: () => Date) => ({
  passkeys: questions('challenge', Challenge, secrets, now),
  tickets: questions('step', Ticket, secrets, now),
});

export type Challenges = ReturnType<typeof createChallenges>;
export type Challenge = z.infer<typeof Challenge> & Asked;
