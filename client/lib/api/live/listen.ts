import type { StreamEvents } from '@ticketing/common/contract';

/** What a stream's listener does with each event, and with the news that some may have been missed. */
export type Handlers = { [Name in keyof StreamEvents]?: (data: StreamEvents[Name]) => void };

const firstPause = 1_000;
const longestPause = 30_000;

/**
 * Listens to a stream until the returned function is called; opens it again, ever more patiently, when it is refused.
 * `onGap` is called whenever it opens: what has happened since the page was rendered, or since a cut, was not heard.
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
      // While it is connecting the browser tries again by itself; a refused stream it gives up.
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
