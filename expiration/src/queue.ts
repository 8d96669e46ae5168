import { setTimeout as delay } from 'node:timers/promises';
import Queue from 'bull';
import type { DeadLetters, Logger, OrderData } from '@ticketing/common';

/** A timer: when it fires, its order may have expired. */
interface Timer {
  orderId: string;
  trace: string;
}

const BACKOFF = { type: 'fixed', delay: 1_000 };
/**
 * A timer whose process died, or that was lost between Redis and it, fires in another process once its lock has expired
 * and two checks have noticed: after at most half a minute, instead of Bull's 90 seconds.
 */
const STALLED = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: Number.MAX_SAFE_INTEGER };
/** In milliseconds. */
const CLOSE_LIMIT = 2_000;

/**
 * Timers in Bull, one per order (its id is the job's). They only make expiry punctual: orders handles whatever a lost
 * Redis forgets.
 * @param ring announces that a timer fired; while it rejects, the timer fires again every second
 */
export function createQueue(redisUrl: string, ring: (timer: Timer) => Promise<void>, log: Logger) {
  const queue = new Queue<Timer>('order:expiration', redisUrl, {
    redis: { maxRetriesPerRequest: null, enableReadyCheck: false },
    settings: STALLED,
  });
  queue.on('error', (error) => log.warn({ err: error }, 'Redis is unreachable, retrying'));
  const working = queue.process(20, async (job) => {
    if (isSet(job)) await ring(job.data);
    else job.opts.removeOnComplete = true;
  });
  // Rejects if the queue is closed before it could start.
  working.catch((error: unknown) => log.warn({ err: error }, 'timers have stopped firing'));

  return {
    /**
     * Sets orders' timers. Setting one again, even after it fired, is harmless. Each is added separately: Bull's
     * addBulk resolves even if Redis refused, and never recovers once Redis has lost its scripts.
     */
    async schedule(orders: { data: Pick<OrderData, 'id' | 'expiresAt'>; trace: string }[]) {
      await Promise.all(
        orders.map(({ data: { id, expiresAt }, trace }) =>
          queue.add(
            { orderId: id, trace },
            {
              jobId: id,
              delay: Math.max(0, Date.parse(expiresAt) - Date.now()),
              attempts: Number.MAX_SAFE_INTEGER,
              backoff: BACKOFF,
              removeOnComplete: true,
            },
          ),
        ),
      );
    },
    /** Removes the timer of an order that ended otherwise, unless it is firing right now, which is harmless. */
    async cancel(orderId: string) {
      const job = await queue.getJob(orderId);
      await job?.remove().catch((error: unknown) => {
        if (!isRinging(error)) throw error;
      });
    },
    /** Whether Redis responds. */
    ready: () => queue.client.status === 'ready',
    deadLetters: redisDeadLetters(queue),
    /** Bull can only close what it has opened: without Redis, the end of the process closes the rest. */
    close: () =>
      Promise.race([queue.isReady().then(() => queue.close()), delay(CLOSE_LIMIT, undefined, { ref: false })]),
  };
}

/**
 * Whether a job is a timer at all. Bull hands a job to its worker in two steps: if it is removed in between (its order
 * was cancelled), or has ended and its second step is repeated when Redis comes back, the job is empty.
 */
const isSet = ({ data }: { data: Partial<Timer> }) => data.orderId !== undefined;

/** Bull's error text for a job locked by a worker. */
const isRinging = (error: unknown) => error instanceof Error && error.message.startsWith('Could not remove job');

const DEAD_LETTERS = 'deadletters';

/** Dead letters in a Redis hash, by their text. */
const redisDeadLetters = ({ client }: Queue.Queue): DeadLetters => ({
  async park(subject, text, error) {
    const reason = error instanceof Error ? error.message : String(error);
    await client.hset(DEAD_LETTERS, text, JSON.stringify({ subject, error: reason, parkedAt: new Date() }));
  },
  async redrive(handle) {
    const count = { done: 0, left: 0 };
    for (const [text, letter] of Object.entries(await client.hgetall(DEAD_LETTERS))) {
      try {
        await handle((JSON.parse(letter) as { subject: string }).subject, text);
        await client.hdel(DEAD_LETTERS, text);
        count.done++;
      } catch {
        count.left++;
      }
    }
    return count;
  },
});

export type Timers = ReturnType<typeof createQueue>;
