import { setTimeout as delay } from 'node:timers/promises';
import { Types } from 'mongoose';
import { SharedPlaces, type Holder } from './contract/places';

const PATIENCE = 2_000;
/** An ObjectId's timestamp is in seconds. */
const RESOLUTION = 1_000;
const FIRST_PAUSE = 10;
const MAX_PAUSE = 100;
const waiting = new SharedPlaces({ total: 400, ofAccount: 4, ofNetwork: 200 });

/** By one of two clocks: this machine's own, which another service here has as well, and the database's. */
const isYoung = (id: string, now: () => Date) => {
  const made = new Types.ObjectId(id).getTimestamp().getTime();
  return [Date.now(), now().getTime()].some(
    (time) => time - made >= -RESOLUTION && time - made <= PATIENCE + RESOLUTION,
  );
};

/**
 * Loads a copy of something another service may just have created, and waits up to two seconds for its event. Only for
 * an id that young (ObjectIds contain their time), four at a time per caller, 200 per network and 400 in total: nobody
 * can keep a service waiting, or block others.
 * @param now the database's time: this machine's clock may differ from that of the one that made the id
 */
export async function patiently<T>(
  id: string,
  caller: Holder,
  load: () => Promise<T | null>,
  now: () => Date,
): Promise<T | null> {
  const found = await load();
  if (found) return found;
  const leave = isYoung(id, now) ? waiting.take(caller) : undefined;
  if (!leave) return null;
  try {
    const deadline = performance.now() + PATIENCE;
    for (let pause = FIRST_PAUSE; performance.now() < deadline; pause = Math.min(pause * 2, MAX_PAUSE)) {
      await delay(pause);
      const copy = await load();
      if (copy) return copy;
    }
    return null;
  } finally {
    leave();
  }
}
