/**
 * What costs too much to be read for each who asks is kept for some milliseconds; all who ask meanwhile share it. What
 * fails is not kept.
 */
export function keep<T>(milliseconds: number, read: () => Promise<T>): () => Promise<T> {
  let known: { value: Promise<T>; until: number } | undefined;
  return () => {
    if (known && Date.now() < known.until) return known.value;
    const kept = { value: read(), until: Date.now() + milliseconds };
    known = kept;
    kept.value.catch(() => {
      if (known === kept) known = undefined;
    });
    return kept.value;
  };
}
