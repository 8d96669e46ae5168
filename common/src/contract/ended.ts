import { z } from 'zod';

/**
 * Sessions that are over. With a `sid` it is that one session; without, all of the account's sessions whose generation
 * is below `generation`.
 */
export const EndedData = z.object({
  userId: z.string().regex(/^[0-9a-f]{24}$/),
  sid: z.string().min(1).max(64).nullable(),
  generation: z.int().nonnegative(),
  endedAt: z.iso.datetime(),
});
export type EndedData = z.infer<typeof EndedData>;
