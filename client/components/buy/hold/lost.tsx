import type { TicketBody } from '@ticketing/common/contract';
import type { ReactNode } from 'react';
import { Link } from '@/components/link';
import { LocalClock } from '@/components/local-time';
import { TextsProvider } from '@/components/texts';
import { TicketCard } from '@/components/ticket/card';
import { LiveTickets } from '@/components/ticket/live-tickets';
import { listTickets, type TicketPage } from '@/lib/api/server';
import { requestTime } from '@/lib/visitor';
import { getTexts } from '@/texts';

const OFFERED = 4;

/** Replaces `{at}` with an element. */
function withTime(text: string, time: ReactNode) {
  const [before, after] = text.split('{at}');
  return (
    <>
      {before}
      {time}
      {after}
    </>
  );
}

interface LostProps {
  ticket: TicketBody;
  status: Exclude<TicketBody['status'], 'available'>;
}

/** Tickets similar to a lost one: of its category, otherwise any. */
async function alike({ id, category }: TicketBody): Promise<TicketPage | undefined> {
  for (const search of [{ category }, {}]) {
    const page = await listTickets(search).catch(() => undefined);
    const tickets = page?.tickets.filter((other) => other.id !== id).slice(0, OFFERED);
    if (page && tickets?.length) return { ...page, tickets };
  }
  return undefined;
}

/** Someone else has the ticket: what is known about it, and alternatives. */
export async function Lost({ ticket, status }: LostProps) {
  const [{ hold: t, ticket: texts }, others] = await Promise.all([getTexts(), alike(ticket)]);
  return (
    <>
      <div className="lost">
        <h1>{t.lostTitle}</h1>
        <p className="lost-title" dir="auto">
          {ticket.title}
        </p>
        <p>
          {status === 'held' && ticket.heldUntil
            ? withTime(t.heldUntil, <LocalClock iso={ticket.heldUntil} />)
            : t.lost[status]}
        </p>
        <p className="message-actions">
          <Link href={`/tickets/${ticket.id}`}>{t.toTicket}</Link>
          <Link href="/">{t.allTickets}</Link>
        </p>
      </div>
      {others && (
        <section aria-labelledby="others">
          <h2 id="others">{t.others}</h2>
          <TextsProvider texts={{ ticket: texts }}>
            <LiveTickets tickets={others.tickets} query={others.query} serverNow={requestTime()}>
              <ul className="ticket-cards">
                {others.tickets.map((other) => (
                  <li key={other.id}>
                    <TicketCard ticket={other} />
                  </li>
                ))}
              </ul>
            </LiveTickets>
          </TextsProvider>
        </section>
      )}
    </>
  );
}
