import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// By this thread, at once: V8 hears of what another one has freed only some collections later.
setFlagsFromString('--no-concurrent-array-buffer-sweeping');
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options: { type: 'minor' }) => void;

/** Bytes of content between two collections. */
const EVERY = 1024 * 1024;
let passed = 0;

/**
 * Frees the buffers that content leaves behind: it is copied six times between the request, the cipher, the driver and
 * the socket. They count towards the heap's limit, but V8 frees them with the young objects, of which an upload makes
 * few; it collected the whole heap three times instead.
 */
export function freeBuffers(bytes: number) {
  passed += bytes;
  if (passed < EVERY) return;
  passed = 0;
  collect({ type: 'minor' });
}
