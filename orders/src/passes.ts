import { OBJECT_ID, tokens } from '@ticketing/common';
import { z } from 'zod';

const AUDIENCE = 'pass';
const Claims = z.object({ sub: z.string().regex(OBJECT_ID) });

/**
 * Passes: short signed tokens that let their bearer in, one for each complete order and always the same. They have
 * an audience of their own, so that a session is no pass; and name nobody, so that a pass is no session.
 * @param secrets as for sessions: the first one signs, all are accepted
 */
export function createPasses(secrets: string[]) {
  const { sign, verify } = tokens(secrets);
  return {
    issue: (orderId: string) => sign({}, { audience: AUDIENCE, subject: orderId, noTimestamp: true }),
    /** The order of a genuine pass, else undefined. */
    orderOf: (pass: string): string | undefined => Claims.safeParse(verify(pass, { audience: AUDIENCE })).data?.sub,
  };
}

export type Passes = ReturnType<typeof createPasses>;
