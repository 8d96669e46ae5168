'use client';
import type { OrderBody, SaleBody, TicketBody } from '@ticketing/common/contract';
import { useEffect, useRef } from 'react';
import { Hub, type Follower, type Topic } from './hub';

/** The tab that holds the lock listens for all tabs; without lock support each tab listens for itself. */
function lock(whenHeld: () => Promise<void>, signal: AbortSignal): void {
  if ('locks' in navigator) navigator.locks.request('live', { signal }, whenHeld).catch(() => undefined);
  else void whenHeld();
}

let hub: Hub | undefined;

/** This tab's part in the streams shared by all tabs. */
function theHub(): Hub {
  if (hub) return hub;
  const isVisible = () => document.visibilityState === 'visible';
  const made = new Hub({ tab: crypto.randomUUID(), channel: new BroadcastChannel('live'), lock, Source: EventSource });
  made.look(isVisible());
  document.addEventListener('visibilitychange', () => {
    made.look(isVisible());
  });
  return (hub = made);
}

/** Calls `refetch` when the network is back, or the page returns from the browser's cache: streams missed events in between. */
function whenBack(refetch: () => void): () => void {
  const lookAgain = ({ persisted }: PageTransitionEvent) => {
    if (persisted) refetch();
  };
  window.addEventListener('online', refetch);
  window.addEventListener('pageshow', lookAgain);
  return () => {
    window.removeEventListener('online', refetch);
    window.removeEventListener('pageshow', lookAgain);
  };
}

/** Follows comma-separated topics while mounted. The callbacks may change on each render. */
function useTopics(topics: string, follower: Follower): void {
  const latest = useRef(follower);
  useEffect(() => {
    latest.current = follower;
  });
  useEffect(() => {
    if (topics === '') return;
    const gap = () => {
      latest.current.gap();
    };
    const passedOn: Follower = {
      gap,
      hear: (data) => {
        latest.current.hear(data);
      },
    };
    const closers = [theHub().follow(topics.split(',') as Topic[], passedOn), whenBack(gap)];
    return () => {
      for (const close of closers) close();
    };
  }, [topics]);
}

/**
 * Follows changes to listings. `refetch` is called whenever changes may have been missed: the stream has opened or
 * reconnected, the page is visible again, the network is back.
 */
export function useLiveTickets(
  ids: readonly string[],
  onTicket: (ticket: TicketBody) => void,
  refetch: () => void,
): void {
  useTopics(ids.map((id) => `ticket ${id}`).join(), {
    hear: (data) => {
      onTicket(data as TicketBody);
    },
    gap: refetch,
  });
}

/** Follows one of the visitor's orders while `isOn`; `refetch` as in `useLiveTickets`. */
export function useLiveOrder(
  id: string,
  isOn: boolean,
  onOrder: (order: OrderBody) => void,
  refetch: () => void,
): void {
  useTopics(isOn ? `order ${id}` : '', {
    hear: (data) => {
      onOrder(data as OrderBody);
    },
    gap: refetch,
  });
}

/** Follows all of the visitor's sales; `refetch` as in `useLiveTickets`. */
export function useLiveSales(onSale: (sale: SaleBody) => void, refetch: () => void): void {
  useTopics('sales', {
    hear: (data) => {
      onSale(data as SaleBody);
    },
    gap: refetch,
  });
}
