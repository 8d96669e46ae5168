import type { OrderBody, TicketBody, UserBody } from '@ticketing/common/contract';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { BuyTicket } from '@/components/buy-ticket';
import { Link } from '@/components/link';
import { ticketColours } from '@/components/ticket-card';
import { currentUser, findOrder, findTicket } from '@/lib/api';
import { formatPrice } from '@/lib/format';
import { lockedWords, unavailableWords } from '@/lib/words';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const ticket = await findTicket((await params).id);
  return { title: ticket ? `${ticket.title}, ${formatPrice(ticket.price)}` : 'Not found' };
}

function OwnListing({ ticket: { id, status } }: { ticket: TicketBody }) {
  const [words, href, link] =
    status === 'available'
      ? ['This is your listing.', `/tickets/${id}/edit`, 'Edit listing']
      : [lockedWords[status], '/listings', 'All your listings'];
  return (
    <>
      <p>{words}</p>
      <Link className="btn btn-outline-primary w-100" href={href}>
        {link}
      </Link>
    </>
  );
}

function Offer({ ticket, user, order }: { ticket: TicketBody; user: UserBody | null; order?: OrderBody }) {
  if (user?.id === ticket.userId) return <OwnListing ticket={ticket} />;
  if (order)
    return (
      <>
        <p>{ticket.status === 'sold' ? 'You have bought this ticket.' : 'This ticket is held for you.'}</p>
        <Link className="btn btn-primary btn-lg w-100" href={`/orders/${order.id}`}>
          {ticket.status === 'sold' ? 'See your order' : 'Go on to payment'}
        </Link>
      </>
    );
  if (ticket.status !== 'available') return <p className="mb-0">{unavailableWords[ticket.status]}</p>;
  return (
    <>
      <BuyTicket ticketId={ticket.id} />
      <p className="form-text mb-0">It is held for you while you pay. Nothing is charged before that.</p>
    </>
  );
}

/** One ticket, and what this visitor can do with it. */
export default async function TicketPage({ params }: Props) {
  const { id } = await params;
  const [ticket, user] = await Promise.all([findTicket(id), currentUser().catch(() => null)]);
  if (!ticket) notFound();
  const order = user && ticket.orderId ? await findOrder(ticket.orderId).catch(() => undefined) : undefined;
  return (
    <article className="ticket" style={ticketColours(ticket.id)}>
      <div className="ticket-face">
        <h1>{ticket.title}</h1>
      </div>
      <div className="ticket-offer">
        <p className="ticket-price">{formatPrice(ticket.price)}</p>
        <Offer ticket={ticket} user={user} order={order} />
      </div>
    </article>
  );
}
