import type { OrderBody, TicketBody, UserBody } from '@ticketing/common/contract';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { BuyTicket } from '@/components/ticket/buy';
import { Link } from '@/components/link';
import { TextsProvider } from '@/components/texts';
import { TicketFrame } from '@/components/ticket/frame';
import { currentUser, findOrder, findTicket } from '@/lib/api';
import { formatPrice } from '@/lib/format';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [ticket, { locale }, { problems }] = await Promise.all([findTicket((await params).id), preferences(), getTexts()]);
  return { title: ticket ? `${ticket.title}, ${formatPrice(ticket.price, locale)}` : problems.notFoundTitle };
}

async function OwnListing({ ticket: { id, status } }: { ticket: TicketBody }) {
  const { ticket, listings } = await getTexts();
  const [words, href, link] =
    status === 'available'
      ? [ticket.own, `/tickets/${id}/edit`, ticket.edit]
      : [listings.locked[status], '/listings', ticket.allListings];
  return (
    <>
      <p>{words}</p>
      <Link className="btn btn-outline-primary w-100" href={href}>
        {link}
      </Link>
    </>
  );
}

async function Offer({ ticket, user, order }: { ticket: TicketBody; user: UserBody | null; order?: OrderBody }) {
  const { ticket: t } = await getTexts();
  if (user?.id === ticket.userId) return <OwnListing ticket={ticket} />;
  if (order)
    return (
      <>
        <p>{ticket.status === 'sold' ? t.bought : t.heldForYou}</p>
        <Link className="btn btn-primary btn-lg w-100" href={`/orders/${order.id}`}>
          {ticket.status === 'sold' ? t.seeOrder : t.toPayment}
        </Link>
      </>
    );
  if (ticket.status !== 'available') return <p className="mb-0">{t.unavailable[ticket.status]}</p>;
  return (
    <TextsProvider texts={{ ticket: t }}>
      <BuyTicket ticketId={ticket.id} />
      <p className="form-text mb-0">{t.promise}</p>
    </TextsProvider>
  );
}

/** One ticket, and what this visitor can do with it. */
export default async function TicketPage({ params }: Props) {
  const { id } = await params;
  const [ticket, user] = await Promise.all([findTicket(id), currentUser().catch(() => null)]);
  if (!ticket) notFound();
  const order = user && ticket.orderId ? await findOrder(ticket.orderId).catch(() => undefined) : undefined;
  return (
    <TicketFrame ticket={ticket} more={ticket.description && <p className="ticket-description">{ticket.description}</p>}>
      <Offer ticket={ticket} user={user} order={order} />
    </TicketFrame>
  );
}
