/** A service's response for a page: null if it has no such thing, undefined if it did not respond. */
export type Part<T> = T | null | undefined;
