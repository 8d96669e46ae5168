import { OBJECT_ID, tokens } from '@ticketing/common';
import { z } from 'zod';

const AUDIENCE = 'pass';
const Claims = z.object({ sub: z.string().regex(OBJECT_ID) });

/**
 * Passes: short signed tokens that admit their bearer, one per complete order and always the same. They have their own
 * audience, so that a session is not a pass, and no subject, so that a pass is not a session.
 * @param secrets as for sessions: the first one signs, all are accepted
 */
export function createPasses(secrets: string[]) {
  const { sign, verify } = tokens(secrets);
  return {
    issue: (orderId: string) => sign({}, { audience: AUDIENCE, subject: orderId, noTimestamp: true }),
    /** The order of a genuine pass, otherwise undefined. */
    orderOf: (pass: string): string | undefined => Claims.safeParse(verify(pass, { audience: AUDIENCE })).data?.sub,
  };
}

export type Passes = ReturnType<typeof createPasses>;
