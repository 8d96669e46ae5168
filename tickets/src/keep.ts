/** Values too expensive to read per request are cached for a few seconds and shared; a failed read is not. */
export function keep<T>(milliseconds: number, read: (now: Date) => Promise<T>): (now: Date) => Promise<T> {
  let known: { value: Promise<T>; until: number } | undefined;
  return (now) => {
    if (known && now.getTime() < known.until) return known.value;
    const value = read(now);
    const kept = { value, until: now.getTime() + milliseconds };
    known = kept;
    value.catch(() => {
      if (known === kept) known = undefined;
    });
    return value;
  };
}
