import { z } from 'zod';

/**
 * A message that auth owes to someone for what it did itself: told with that change, so that neither is lost. The kinds,
 * and what their facts are, only auth knows.
 */
export const OwedData = z.object({
  kind: z.string().min(1),
  about: z.string().min(1),
  to: z.string().min(1),
  at: z.iso.datetime(),
  facts: z.record(z.string(), z.unknown()),
});
export type OwedData = z.infer<typeof OwedData>;
