import { z } from 'zod';
import { text } from '../fields';
import { supportReason } from '../limits';

/** Bodies that every service has for the support desk. Times as in the other bodies. */

const Time = z.iso.datetime();
const Id = z.string().regex(/^[0-9a-f]{24}$/);

/** POST for any action of the support desk: its reason, kept in the audit log. */
export const ReasonInput = z.object({ reason: text('reason', supportReason) });
export type ReasonInput = z.output<typeof ReasonInput>;

/** GET …/support/audit: an action of the support desk, or its refusal. */
export const AuditBody = z.object({
  /** Its number in the service's log: 1, 2, 3 … */
  number: z.int().positive(),
  at: Time,
  /** The account that acted. */
  by: Id,
  action: z.string(),
  /** What it was done to, such as an id. */
  target: z.string(),
  reason: z.string(),
  trace: z.string(),
  /** Why it was refused after all, otherwise null. */
  refusal: z.string().nullable(),
  /** SHA-256 of this entry and the hash before it. */
  hash: z.string(),
});
export type AuditBody = z.infer<typeof AuditBody>;

/**
 * Actions, newest first, each once, although the log has a refused one twice: as requested and as refused.
 */
export function onceEach(entries: AuditBody[]): AuditBody[] {
  const refused = new Map<string, number>();
  return entries.filter(({ trace, action, target, by, refusal }) => {
    const key = JSON.stringify([trace, action, target, by]);
    const known = refused.get(key) ?? 0;
    if (refusal !== null) refused.set(key, known + 1);
    else if (known > 0) refused.set(key, known - 1);
    return refusal !== null || known === 0;
  });
}

/** GET …/support/deadletters: an event that could not be handled. */
export const DeadLetterBody = z.object({
  id: Id,
  subject: z.string(),
  /** The document it is about; null if it cannot be read. */
  aggregateId: z.string().nullable(),
  problem: z.string(),
  parkedAt: Time,
});
export type DeadLetterBody = z.infer<typeof DeadLetterBody>;
