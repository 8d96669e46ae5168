'use client';
import type { OrderBody, StreamEvents, TicketBody } from '@ticketing/common/contract';
import { useEffect, useRef } from 'react';

/** What a stream's listener does with each event, and with the news that some may have been missed. */
type Handlers = { [Name in keyof StreamEvents]?: (data: StreamEvents[Name]) => void };

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
      if (source.readyState !== EventSource.CLOSED) return;
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

/** Calls `refetch` when the page is looked at again, or the network is back: what a stream cannot hear meanwhile. */
function whenBack(refetch: () => void): () => void {
  const look = () => {
    if (document.visibilityState === 'visible') refetch();
  };
  const lookAgain = ({ persisted }: PageTransitionEvent) => {
    if (persisted) look();
  };
  document.addEventListener('visibilitychange', look);
  window.addEventListener('online', look);
  window.addEventListener('pageshow', lookAgain);
  return () => {
    document.removeEventListener('visibilitychange', look);
    window.removeEventListener('online', look);
    window.removeEventListener('pageshow', lookAgain);
  };
}

/** Keeps a stream open while the component is there and `path` is not null. The handlers may change with each render. */
function useStream(path: string | null, handlers: Handlers, refetch: () => void): void {
  const latest = useRef({ handlers, refetch });
  useEffect(() => {
    latest.current = { handlers, refetch };
  });
  useEffect(() => {
    if (path === null) return;
    const again = () => {
      latest.current.refetch();
    };
    const passedOn: Handlers = {
      ticket: (ticket) => latest.current.handlers.ticket?.(ticket),
      order: (order) => latest.current.handlers.order?.(order),
      refetch: again,
    };
    const closers = [listen(path, passedOn, again), whenBack(again)];
    return () => {
      for (const close of closers) close();
    };
  }, [path]);
}

/**
 * Hears every change of some listings. `refetch` is called whenever changes may have been missed: the stream has
 * opened, or is back after a cut, the page is looked at again, the network returned.
 */
export function useLiveTickets(
  ids: readonly string[],
  onTicket: (ticket: TicketBody) => void,
  refetch: () => void,
): void {
  const path = ids.length > 0 ? `/api/tickets/events?ids=${ids.join(',')}` : null;
  useStream(path, { ticket: onTicket }, refetch);
}

/** Hears every change of one of the visitor's orders while `isOn`; `refetch` as in `useLiveTickets`. */
export function useLiveOrder(
  id: string,
  isOn: boolean,
  onOrder: (order: OrderBody) => void,
  refetch: () => void,
): void {
  useStream(isOn ? `/api/orders/${id}/events` : null, { order: onOrder }, refetch);
}
