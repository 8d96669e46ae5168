import type { TicketBody } from '@ticketing/common/contract';
import { Link } from '@/components/link';
import { LocalTime } from '@/components/local-time';
import { TicketCard } from '@/components/ticket/card';
import { listTickets } from '@/lib/api';
import { getTexts } from '@/texts';

const OFFERED = 4;

/** Puts an element in the place of `{at}`. */
function withTime(text: string, time: React.ReactNode) {
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

/** Someone else has the ticket: what is known of it, and others to choose from. */
export async function Lost({ ticket, status }: LostProps) {
  const [{ hold: t }, list] = await Promise.all([getTexts(), listTickets().catch(() => undefined)]);
  const others = list?.tickets.filter(({ id }) => id !== ticket.id) ?? [];
  const alike = [
    ...others.filter(({ category }) => category === ticket.category),
    ...others.filter(({ category }) => category !== ticket.category),
  ];
  return (
    <>
      <div className="lost">
        <h1>{t.lostTitle}</h1>
        <p className="lost-title">{ticket.title}</p>
        <p>
          {status === 'held' && ticket.heldUntil
            ? withTime(t.lost.held, <LocalTime iso={ticket.heldUntil} />)
            : status === 'held'
              ? t.lost.heldOpen
              : t.lost[status]}
        </p>
        <p className="message-actions">
          <Link href={`/tickets/${ticket.id}`}>{t.toTicket}</Link>
          <Link href="/">{t.allTickets}</Link>
        </p>
      </div>
      {alike.length > 0 && (
        <section aria-labelledby="others">
          <h2 id="others">{t.others}</h2>
          <ul className="stubs">
            {alike.slice(0, OFFERED).map((other) => (
              <li key={other.id}>
                <TicketCard ticket={other} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
