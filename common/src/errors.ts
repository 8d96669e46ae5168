/** Whether a failed write collided with another on a unique index (MongoDB's E11000). */
export const isDuplicateKey = (error: unknown) => error instanceof Error && 'code' in error && error.code === 11000;

/** The name of the unique index that refused a write, or undefined where the write failed otherwise. */
export const duplicateIndex = (error: unknown): string | undefined =>
  isDuplicateKey(error) ? / index: (\S+) /.exec((error as Error).message)?.[1] : undefined;

/** Whether a write lost against a newer version of its document: load it again and decide anew. */
export const isConflict = (error: unknown) => error instanceof Error && error.name === 'VersionError';

const OUTAGE =
  /^Mongo(ose)?(Network|OperationTimeout|ServerSelection|NotConnected|TopologyClosed|PoolClear|PoolClosed)|^MaxRetriesPerRequest/;
/**
 * MongoDB's codes of a server that is going down or changing its role, that has no majority to read from (134), or
 * that was not told in time that a write has reached one (50, 64, 262): whether that lasts will show.
 */
const OUTAGE_CODES = new Set<unknown>([50, 64, 91, 134, 189, 262, 10107, 11600, 11602, 13435, 13436]);

/** Every answer of MongoDB has one. A bulkWrite that failed without never got an answer: the driver hides the cause. */
const codeOf = (error: Error): unknown => ('code' in error ? error.code : undefined);

/** What Redis answers while it loads its data, or may not write. */
const REDIS_OUTAGE = /^(LOADING|NOREPLICAS|READONLY|MISCONF|OOM|CLUSTERDOWN|MASTERDOWN) /;

/** How a connection fails, whoever it leads to. */
const NETWORK_CODES = new Set<unknown>(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);
/** What ioredis says of a command that was under way when its connection ended. */
const REDIS_CLOSED = /^(Connection is closed|Command aborted due to connection close)/;

/** Whether an operation failed because a server was out of reach, so that the same call can succeed later. */
export const isOutage = (error: unknown) =>
  error instanceof Error &&
  (OUTAGE.test(error.name) ||
    OUTAGE_CODES.has(codeOf(error)) ||
    NETWORK_CODES.has(codeOf(error)) ||
    REDIS_CLOSED.test(error.message) ||
    (error.name === 'MongoBulkWriteError' && codeOf(error) === undefined) ||
    (error.name === 'ReplyError' && REDIS_OUTAGE.test(error.message)) ||
    error.message.includes('before initial connection is complete'));

/** Runs an operation again, from its load on, while others change the same document: ten times at most. */
export async function retryConflicts<T>(operation: () => Promise<T>, tries = 10): Promise<T> {
  for (let left = tries - 1; ; left--) {
    try {
      return await operation();
    } catch (error) {
      if (left === 0 || !isConflict(error)) throw error;
    }
  }
}
