/** Whether a failed write collided with another on a unique index (MongoDB's E11000). */
export const isDuplicateKey = (error: unknown) => error instanceof Error && 'code' in error && error.code === 11000;

/** The name of the unique index that rejected a write, or undefined if the write failed otherwise. */
export const duplicateIndex = (error: unknown): string | undefined =>
  isDuplicateKey(error) ? / index: (\S+) /.exec((error as Error).message)?.[1] : undefined;

/** Whether a write lost to a newer version of its document: reload and decide again. */
export const isConflict = (error: unknown) => error instanceof Error && error.name === 'VersionError';

const OUTAGE =
  /^Mongo(ose)?(Network|OperationTimeout|ServerSelection|NotConnected|TopologyClosed|PoolClear|PoolClosed)|^MaxRetriesPerRequest/;
/**
 * MongoDB's error codes for a server that is shutting down or changing role, has no majority to read from (134), or
 * could not tell in time whether a write reached one (50, 64, 262): such a write may or may not last.
 */
const OUTAGE_CODES = new Set<unknown>([50, 64, 91, 134, 189, 262, 10107, 11600, 11602, 13435, 13436]);

/**
 * Every MongoDB response has a code. A bulkWrite error without one never got a response: the driver hides the cause.
 */
const codeOf = (error: Error): unknown => ('code' in error ? error.code : undefined);

/** Redis errors while it loads its data, or cannot write. */
const REDIS_OUTAGE = /^(LOADING|NOREPLICAS|READONLY|MISCONF|OOM|CLUSTERDOWN|MASTERDOWN) /;

/** Connection errors, of any server. */
const NETWORK_CODES = new Set<unknown>(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);
/** ioredis's error for a command in progress when its connection ended. */
const REDIS_CLOSED = /^(Connection is closed|Command aborted due to connection close)/;

/** Whether an operation failed because a server was unreachable, so that the same call can succeed later. */
export const isOutage = (error: unknown) =>
  error instanceof Error &&
  (OUTAGE.test(error.name) ||
    OUTAGE_CODES.has(codeOf(error)) ||
    NETWORK_CODES.has(codeOf(error)) ||
    REDIS_CLOSED.test(error.message) ||
    (error.name === 'MongoBulkWriteError' && codeOf(error) === undefined) ||
    (error.name === 'ReplyError' && REDIS_OUTAGE.test(error.message)) ||
    error.message.includes('before initial connection is complete'));

/** Throw it if a custom write finds a newer version of its document: `retryConflicts` starts over. */
export const conflict = () => Object.assign(new Error('Another write came first'), { name: 'VersionError' });

/** Retries an operation, including its load, while others change the same document: at most ten times. */
export async function retryConflicts<T>(operation: () => Promise<T>, tries = 10): Promise<T> {
  for (let left = tries - 1; ; left--) {
    try {
      return await operation();
    } catch (error) {
      if (left === 0 || !isConflict(error)) throw error;
    }
  }
}
