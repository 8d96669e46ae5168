/** A trace as proxies generate it (`X-Request-Id`). Anything else a caller sends is kept out of events and logs. */
const TRACE = /^[\w-]{1,64}$/;

/** A request's trace: the given one, or a new one if that is none. */
export const traceOf = (given = ''): string => (TRACE.test(given) ? given : crypto.randomUUID());
