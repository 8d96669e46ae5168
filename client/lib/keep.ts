/**
 * Caches values too expensive to read per request for some milliseconds; concurrent callers share them. Failures are
 * not cached.
 */
export function keep<T>(milliseconds: number, read: () => Promise<T>): () => Promise<T> {
  let known: { value: Promise<T>; until: number } | undefined;
  return () => {
    if (known && performance.now() < known.until) return known.value;
    const kept = { value: read(), until: performance.now() + milliseconds };
    known = kept;
    kept.value.catch(() => {
      if (known === kept) known = undefined;
    });
    return kept.value;
  };
}
