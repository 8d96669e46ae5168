/**
 * A signal that aborts after `ms` milliseconds, or with `signal`. Node.js may collect a timeout that only
 * `AbortSignal.any` knows of, and the request would never end (nodejs/node#57736): a listener keeps it.
 */
export function deadline(ms: number, signal?: AbortSignal | null): AbortSignal {
  const controller = new AbortController();
  if (signal?.aborted) controller.abort(signal.reason);
  for (const cause of [AbortSignal.timeout(ms), signal]) {
    cause?.addEventListener('abort', () => controller.abort(cause.reason), { signal: controller.signal });
  }
  return controller.signal;
}
