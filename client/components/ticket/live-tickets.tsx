'use client';
import type { TicketBody } from '@ticketing/common/contract';
import { createContext, useContext, useState, type ReactNode } from 'react';
import { useTexts } from '@/components/texts';
import { getTicket, searchTickets } from '@/lib/api/browser';
import { useLiveTickets } from '@/lib/api/live/hooks';
import { fill } from '@/texts/fill';

/** A listing as it is now, as far as a card tells it. */
export type Listed = Pick<TicketBody, 'id' | 'title' | 'price' | 'status' | 'heldUntil' | 'version'>;

/** What was heard of a listing, and the moment of the server's clock at which it was. */
interface News {
  ticket: TicketBody;
  heardAt: number;
}

const NewsContext = createContext<ReadonlyMap<string, News>>(new Map());

/** What is known of a listing by now: what the page came with, or later news. */
export function useListed(ticket: Listed): { ticket: Listed; heardAt: number } {
  const news = useContext(NewsContext).get(ticket.id);
  return news && news.ticket.version > ticket.version ? news : { ticket, heardAt: 0 };
}

interface LiveTicketsProps {
  tickets: readonly Listed[];
  /** The query of GET /api/tickets that they came from: those that it still finds are asked for at once. */
  query: string;
  /** The server's clock, in milliseconds, when it made the page. */
  serverNow: number;
  children: ReactNode;
}

/** Keeps the cards within true, and tells those who listen what becomes of their tickets. */
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
    // Whatever fails now is asked for again with the next chance.
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
