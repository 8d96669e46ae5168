/** What a service told for a page: null if it knows of no such thing, undefined if it did not answer. */
export type Part<T> = T | null | undefined;
