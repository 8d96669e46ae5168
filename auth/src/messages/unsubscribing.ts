import { tokens } from '@ticketing/common';
import { z } from 'zod';

const AUDIENCE = 'unsubscribe';
const Claims = z.object({ id: z.string() });

/**
 * Links that unsubscribe a reader from optional messages, without signing in. They contain the account's id, never its
 * address, and stay valid: a message may be read years later.
 * @param secrets accepted keys; the first one signs
 * @param site the URL of the site
 */
export function unsubscribing(secrets: string[], site: string) {
  const { sign, verify } = tokens(secrets);
  const link = (path: string, id: string) =>
    new URL(`${path}token=${sign({ id }, { audience: AUDIENCE, noTimestamp: true })}`, site).href;
  return {
    /** The confirmation page. What follows a `#` is never sent, so it is in no log. */
    page: (id: string) => link('/auth/unsubscribe#', id),

    /** The headers for one-click unsubscribing (RFC 8058). */
    headers: (id: string) => ({
      'List-Unsubscribe': `<${link('/api/users/unsubscribe?', id)}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    }),

    /** A link's account; undefined if the link is not ours. */
    accountOf: (token: unknown): string | undefined => Claims.safeParse(verify(token, { audience: AUDIENCE })).data?.id,
  };
}

export type Unsubscribing = ReturnType<typeof unsubscribing>;
