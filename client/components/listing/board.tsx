'use client';
import type { TicketBody, TicketTotals } from '@ticketing/common/contract';
import { useState } from 'react';
import { useReader, useTexts } from '@/components/texts';
import { myTickets, myTotals } from '@/lib/browser';
import { formatPrice } from '@/lib/format';
import { newer, standingOf, type Standing } from '@/lib/listing';
import { useLiveTickets } from '@/lib/live';
import { countOf } from '@/texts/fill';
import { ListingRow } from './row';

/** The order in which a seller wants to see them. */
const groups: Standing[] = ['held', 'available', 'past', 'sold', 'withdrawn'];
const summed: Standing[] = ['available', 'held', 'sold'];

/** The server's stream takes as many listings as that. */
const followedAtMost = 100;

interface BoardProps {
  /** The newest of the seller's listings. */
  tickets: TicketBody[];
  /** Where the older ones begin, if there are any. */
  next?: string;
  /** What all of them add up to. */
  totals: TicketTotals;
  /** When the server rendered the page, in milliseconds. */
  now: number;
}

/** Known listings and others that were read, each in its newer state, the newest listing first. */
function merge(known: TicketBody[], read: TicketBody[]): TicketBody[] {
  const all = new Map(known.map((ticket) => [ticket.id, ticket]));
  for (const ticket of read) all.set(ticket.id, newer(all.get(ticket.id) ?? ticket, ticket));
  return [...all.values()].sort((one, other) => (one.id < other.id ? 1 : -1));
}

/** A seller's listings by how they stand, with what they add up to; follows them as they are held and sold. */
export function Board({ tickets: rendered, next: older, totals: counted, now }: BoardProps) {
  const t = useTexts('listings');
  const { locale } = useReader();
  const [tickets, setTickets] = useState(rendered);
  const [next, setNext] = useState(older);
  const [totals, setTotals] = useState(counted);
  const moving = tickets.filter(({ status }) => status === 'available' || status === 'held');
  const follow = (news: TicketBody) => {
    setTickets((known) => known.map((ticket) => (ticket.id === news.id ? newer(ticket, news) : ticket)));
    void myTotals().then(setTotals, () => undefined);
  };
  async function refetch() {
    const [{ tickets: fresh }, sums] = await Promise.all([myTickets(), myTotals()]);
    setTickets((known) => merge(known, fresh));
    setTotals(sums);
  }
  async function loadMore() {
    const more = await myTickets(next);
    setTickets((known) => merge(known, more.tickets));
    setNext(more.next);
  }
  // What fails now is asked for again with the next news.
  const ask = () => void refetch().catch(() => undefined);
  useLiveTickets(
    moving
      .slice(0, followedAtMost)
      .map(({ id }) => id)
      .sort(),
    follow,
    ask,
  );
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
        const members = tickets.filter((ticket) => standingOf(ticket, now) === standing);
        if (members.length === 0) return null;
        return (
          <section key={standing} aria-labelledby={`group-${standing}`} className="group">
            <h2 id={`group-${standing}`}>{t.groups[standing]}</h2>
            <ul className="rows">
              {members.map((ticket) => (
                <ListingRow key={ticket.id} ticket={ticket} standing={standing} onWithdrawn={ask} />
              ))}
            </ul>
          </section>
        );
      })}
      {next && (
        <button className="btn btn-outline-primary" onClick={() => void loadMore().catch(() => undefined)}>
          {t.more}
        </button>
      )}
    </>
  );
}
