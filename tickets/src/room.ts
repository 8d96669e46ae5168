import { Refusal } from '@ticketing/common';
import { Gauge } from 'prom-client';
import { sumFiles, type StoredFile } from './gridStore';
import { keep } from './keep';

/** Bytes of all files, as read from the database, and when; and of uploads started in this process since, by listing. */
interface Stored {
  bytes: number;
  at: Date;
  begun: Map<string, { size: number }>;
}

/**
 * Read at most every ten seconds. Other replicas may start more meanwhile: the bound is exact enough for a disk.
 */
const readStored = keep(10_000, async (at): Promise<Stored> => ({ bytes: await sumFiles(), at, begun: new Map() }));

const totalOf = ({ bytes, begun }: Stored) => [...begun.values()].reduce((sum, { size }) => sum + size, bytes);

new Gauge({
  name: 'ticketing_delivery_bytes',
  help: 'Bytes of all files that sellers hand over',
  async collect() {
    this.set(await sumFiles());
  },
});

/**
 * Reserves room for a listing's new upload out of what all sellers share, or refuses. A restarted one reserves no more:
 * retries must not leave others without room. Returns a function that frees it.
 * @param former the listing's unfinished upload that has just been ended, if any
 */
export async function takeRoom(ticketId: string, size: number, former: StoredFile | null, max: number, now: Date) {
  const stored = await readStored(now);
  const { begun, at } = stored;
  // The sum still contains it.
  if (former && former.uploadDate < at && at < now) stored.bytes -= former.length;
  if (totalOf(stored) - (begun.get(ticketId)?.size ?? 0) + size > max)
    throw new Refusal('storage-full', { retryAfter: 3_600 });
  const taken = { size };
  begun.set(ticketId, taken);
  return () => {
    if (begun.get(ticketId) === taken) begun.delete(ticketId);
  };
}
