import { setTimeout as delay } from 'node:timers/promises';
import { Types } from 'mongoose';

const PATIENCE = 2_000;
/** An ObjectId's timestamp is in seconds. */
const RESOLUTION = 1_000;
const FIRST_PAUSE = 10;
const MAX_PAUSE = 100;
const MAX_WAITING = 100;
let waiting = 0;

/**
 * Loads a copy of what another service may have created a moment ago, and waits for its event, two seconds at
 * most. Only an id that young (an ObjectId tells) is waited for, and only a hundred at once: nobody can make a
 * service wait.
 */
export async function patiently<T>(id: string, load: () => Promise<T | null>): Promise<T | null> {
  const found = await load();
  const now = Date.now();
  const age = now - new Types.ObjectId(id).getTimestamp().getTime();
  if (found ?? (age < -RESOLUTION || age > PATIENCE + RESOLUTION || waiting >= MAX_WAITING)) return found;
  const deadline = now + PATIENCE;
  waiting++;
  try {
    for (let pause = FIRST_PAUSE; Date.now() < deadline; pause = Math.min(pause * 2, MAX_PAUSE)) {
      await delay(pause);
      const copy = await load();
      if (copy) return copy;
    }
    return null;
  } finally {
    waiting--;
  }
}
