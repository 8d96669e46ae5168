'use client';
import type { TicketBody } from '@ticketing/common/contract';
import { createContext, useContext, useState, type ReactNode } from 'react';
import { useTexts } from '@/components/texts';
import { getTicket, searchTickets } from '@/lib/api/browser';
import { useLiveTickets } from '@/lib/api/live/hooks';
import { fill } from '@/texts/fill';

/** The changing fields of a listing, as shown on a card. */
export type Listed = Pick<TicketBody, 'id' | 'title' | 'price' | 'status' | 'heldUntil' | 'version'>;

/** A listing's latest change, and the server's time of it. */
interface News {
  ticket: TicketBody;
  heardAt: number;
}

const NewsContext = createContext<ReadonlyMap<string, News>>(new Map());

/** A listing's current state: as rendered, or updated since. */
export function useListed(ticket: Listed): { ticket: Listed; heardAt: number } {
  const news = useContext(NewsContext).get(ticket.id);
  return news && news.ticket.version > ticket.version ? news : { ticket, heardAt: 0 };
}

interface LiveTicketsProps {
  tickets: readonly Listed[];
  /** The GET /api/tickets query they came from, to refetch them at once. */
  query: string;
  /** The server's time when it rendered the page, in milliseconds. */
  serverNow: number;
  children: ReactNode;
}

/** Keeps the cards inside up to date, and announces changes to screen readers. */
export function LiveTickets({ tickets, query, serverNow, children }: LiveTicketsProps) {
  const { said } = useTexts('ticket');
  const [news, setNews] = useState<ReadonlyMap<string, News>>(new Map());
  const [lead] = useState(() => serverNow - Date.now());
  const [words, setWords] = useState('');
  const ids = tickets.map(({ id }) => id);

  function hear(ticket: TicketBody) {
    const known = news.get(ticket.id)?.ticket ?? tickets.find(({ id }) => id === ticket.id);
    if (known && ticket.version <= known.version) return;
    if (known?.status !== ticket.status) setWords(fill(said[ticket.status], { title: ticket.title }));
    setNews((all) => {
      const isLate = (all.get(ticket.id)?.ticket.version ?? -1) >= ticket.version;
      return isLate ? all : new Map(all).set(ticket.id, { ticket, heardAt: Date.now() + lead });
    });
  }

  async function refetch() {
    const free = await searchTickets(query);
    const others = ids.filter((id) => !free.some((ticket) => ticket.id === id));
    const now = [...free.filter(({ id }) => ids.includes(id)), ...(await Promise.all(others.map(getTicket)))];
    now.forEach(hear);
  }

  useLiveTickets(ids, hear, () => {
    // Failures are retried at the next opportunity.
    refetch().catch(() => undefined);
  });

  return (
    <NewsContext value={news}>
      {children}
      <p role="status" className="visually-hidden">
        {words}
      </p>
    </NewsContext>
  );
}
