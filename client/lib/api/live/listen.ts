import type { StreamEvents } from '@ticketing/common/contract';

/** Callbacks of a stream's listener: for each event, and when some may have been missed. */
export type Handlers = { [Name in keyof StreamEvents]?: (data: StreamEvents[Name]) => void };

const firstPause = 1_000;
const longestPause = 30_000;

/**
 * Listens to a stream until the returned function is called; reopens it with growing delays if refused. `onGap` is
 * called whenever it opens: changes since the page was rendered, or since a disconnect, were missed.
 */
export function listen(path: string, handlers: Handlers, onGap: () => void, Source = EventSource): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause = firstPause;
  const open = () => {
    source = new Source(path);
    source.onopen = () => {
      pause = firstPause;
      onGap();
    };
    source.onerror = () => {
      // While connecting, the browser retries on its own; it gives up on a refused stream.
      if (source.readyState !== Source.CLOSED) return;
      timer = setTimeout(open, pause);
      pause = Math.min(pause * 2, longestPause);
    };
    for (const [name, handle] of Object.entries(handlers) as [string, (data: unknown) => void][])
      source.addEventListener(name, ({ data }: MessageEvent<string>) => {
        handle(JSON.parse(data));
      });
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
