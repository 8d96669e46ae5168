/** What answers a burst of calls with one: `act` is called once, so many milliseconds after the first of them. */
export function onceFor(act: () => void, milliseconds: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      act();
    }, milliseconds);
  };
}
