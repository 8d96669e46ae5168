import { setTimeout as delay } from 'node:timers/promises';
import { Types } from 'mongoose';
import { SharedPlaces, type Holder } from './contract/places';

const PATIENCE = 2_000;
/** An ObjectId's timestamp is in seconds. */
const RESOLUTION = 1_000;
const FIRST_PAUSE = 10;
const MAX_PAUSE = 100;
const waiting = new SharedPlaces({ total: 400, ofAccount: 4, ofNetwork: 200 });

const isYoung = (id: string, now: number) => {
  const age = now - new Types.ObjectId(id).getTimestamp().getTime();
  return age >= -RESOLUTION && age <= PATIENCE + RESOLUTION;
};

/**
 * Loads a copy of something another service may just have created, and waits up to two seconds for its event. Only for
 * an id that young (ObjectIds contain their time), four at a time per caller, 200 per network and 400 in total: nobody
 * can keep a service waiting, or block others.
 */
export async function patiently<T>(id: string, caller: Holder, load: () => Promise<T | null>): Promise<T | null> {
  const found = await load();
  if (found) return found;
  const now = Date.now();
  const leave = isYoung(id, now) ? waiting.take(caller) : undefined;
  if (!leave) return null;
  try {
    const deadline = now + PATIENCE;
    for (let pause = FIRST_PAUSE; Date.now() < deadline; pause = Math.min(pause * 2, MAX_PAUSE)) {
      await delay(pause);
      const copy = await load();
      if (copy) return copy;
    }
    return null;
  } finally {
    leave();
  }
}
