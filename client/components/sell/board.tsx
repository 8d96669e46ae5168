'use client';
import type { SaleBody, TicketBody, TicketTotals } from '@ticketing/common/contract';
import { useState } from 'react';
import { useReader, useTexts } from '@/components/texts';
import { getTicket, myTickets, myTotals } from '@/lib/api/browser';
import { onceFor } from '@/lib/burst';
import { formatPrice } from '@/lib/format';
import { newer, standingOf, type Standing } from '@/lib/sell/listing';
import type { Payouts } from '@/lib/sell/payouts';
import { useLiveSales, useLiveTickets } from '@/lib/api/live/hooks';
import { countOf } from '@/texts/fill';
import { ListingRow } from './row';
import { useMoney } from './use-money';

/** Display order for sellers. */
const groups: Standing[] = ['held', 'available', 'past', 'sold', 'refunded', 'withdrawn'];
const summed = ['available', 'held', 'sold'] as const;
/** A burst of changes triggers one recount, this many milliseconds after the first. */
const COUNT_WITHIN_MS = 500;

interface BoardProps {
  /** A page of listings, and its cursor. */
  tickets: TicketBody[];
  cursor?: string;
  /** Totals of all listings. */
  totals: TicketTotals;
  /** The seller's newest sales. */
  sales: readonly SaleBody[];
  /** The seller's shares of sold tickets, by order id, as far as known. */
  payouts: Payouts;
  /** When the server rendered the page, in milliseconds. */
  now: number;
}

/** A seller's listings by status, with totals; updates as they are held, sold, claimed, refunded and paid. */
export function Board({ tickets: rendered, cursor, totals: counted, sales, payouts, now }: BoardProps) {
  const t = useTexts('listings');
  const { locale } = useReader();
  const [tickets, setTickets] = useState(rendered);
  const [totals, setTotals] = useState(counted);
  const money = useMoney(tickets, { sales, payouts, now });
  const followed = tickets.filter(({ status }) => status !== 'withdrawn');
  const [count] = useState(() =>
    onceFor(() => {
      myTotals().then(setTotals, () => undefined);
    }, COUNT_WITHIN_MS),
  );
  const show = (news: TicketBody) => {
    setTickets((before) => before.map((ticket) => (ticket.id === news.id ? newer(ticket, news) : ticket)));
  };
  const follow = (news: TicketBody) => {
    show(news);
    count();
    // Only the seller sees the delivery and what the support desk did; the stream does not contain them.
    const isReviewed = tickets.some(({ id, review }) => id === news.id && review);
    if (news.status === 'sold' || news.status === 'withdrawn' || isReviewed)
      getTicket(news.id).then(show, () => undefined);
  };
  async function refetch() {
    const fresh = await myTickets(cursor);
    setTickets((before) => fresh.map((ticket) => newer(before.find(({ id }) => id === ticket.id) ?? ticket, ticket)));
  }
  // Failures are retried with the next change.
  const ask = () => {
    refetch().catch(() => undefined);
    count();
  };
  useLiveTickets(followed.map(({ id }) => id).sort(), follow, ask);
  useLiveSales(money.hear, money.ask);
  // Orders may report a refund before the listing does.
  const currentStanding = (ticket: TicketBody) =>
    standingOf({ ...ticket, isRefunded: ticket.isRefunded || money.of(ticket)?.is === 'refunded' }, now);
  return (
    <>
      <dl className="totals">
        {summed.map((standing) => (
          <div key={standing} className={standing === 'sold' && totals.sold.count > 0 ? 'total total-earned' : 'total'}>
            <dt>{t.status[standing]}</dt>
            <dd>
              <span>{countOf(t.count, totals[standing].count, locale)}</span>
              <strong>{formatPrice(totals[standing].sum, locale)}</strong>
            </dd>
          </div>
        ))}
      </dl>
      {groups.map((standing) => {
        const members = tickets.filter((ticket) => currentStanding(ticket) === standing);
        if (members.length === 0) return null;
        return (
          <section key={standing} aria-labelledby={`group-${standing}`} className="group">
            <h2 id={`group-${standing}`}>{t.groups[standing]}</h2>
            <ul className="rows">
              {members.map((ticket) => (
                <ListingRow
                  key={ticket.id}
                  ticket={ticket}
                  standing={standing}
                  money={standing === 'sold' ? money.of(ticket) : undefined}
                  onWithdrawn={ask}
                />
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
}
