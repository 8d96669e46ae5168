import Queue from 'bull';
import type { DeadLetters, Logger, OrderData } from '@ticketing/common';

/** A timer: when it rings, its order may have expired. */
interface Timer {
  orderId: string;
  trace: string;
}

const BACKOFF = { type: 'fixed', delay: 1_000 };
/**
 * A timer that a process was ringing when it died, or that was lost between Redis and it, rings at another one as soon
 * as its lock has run out and two checks have seen that: half a minute at most, in place of Bull's 90.
 */
const STALLED = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: Number.MAX_SAFE_INTEGER };

/**
 * Timers in Bull, one an order (its id is the job's). They only make expiry punctual: orders looks after what a
 * lost Redis forgets.
 * @param ring tells that a timer rang; while it rejects, the timer rings again every second
 */
export function createQueue(redisUrl: string, ring: (timer: Timer) => Promise<void>, log: Logger) {
  const queue = new Queue<Timer>('order:expiration', redisUrl, {
    redis: { maxRetriesPerRequest: null, enableReadyCheck: false },
    settings: STALLED,
  });
  queue.on('error', (error) => log.warn({ err: error }, 'Redis is out of reach, trying again'));
  void queue.process(20, async (job) => {
    if (isSet(job)) await ring(job.data);
    else job.opts.removeOnComplete = true;
  });

  return {
    /**
     * Sets the timers of orders. One that is set already, or again after it rang, does no harm. Each is added by
     * itself: Bull's addBulk resolves although Redis refused, and never recovers once Redis forgot its scripts.
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
    /** Removes the timer of an order that has ended otherwise, unless it rings just now, which does no harm. */
    async cancel(orderId: string) {
      const job = await queue.getJob(orderId);
      await job?.remove().catch((error: unknown) => {
        if (!isRinging(error)) throw error;
      });
    },
    /** Whether Redis answers. */
    ready: () => queue.client.status === 'ready',
    deadLetters: redisDeadLetters(queue),
    close: () => queue.close(),
  };
}

/**
 * Whether a job is a timer at all. Bull hands a job to its worker in two steps: of one that is removed in between (its
 * order was cancelled), or that has ended and whose second step is sent again when Redis comes back, nothing is left.
 */
const isSet = ({ data }: { data: Partial<Timer> }) => data.orderId !== undefined;

/** Bull's word for a job that a worker has locked. */
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
