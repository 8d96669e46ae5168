import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Checkout } from '@/components/order/checkout';
import { ticketColours } from '@/components/ticket-card';
import { findPurchase } from '@/lib/api';
import { stripePublishableKey } from '@/lib/config';
import { formatPrice } from '@/lib/format';
import { requireUser } from '@/lib/visitor';

export const metadata: Metadata = { title: 'Your order' };

/** One order of the visitor's: what, for how much, and its payment. */
export default async function OrderPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const [purchase] = await Promise.all([findPurchase(id), requireUser(`/orders/${id}`)]);
  if (!purchase) notFound();
  const { ticket } = purchase.order;
  return (
    <article className="ticket" style={ticketColours(ticket.id)}>
      <div className="ticket-face">
        <p className="ticket-kind">Your order</p>
        <h1>{ticket.title}</h1>
      </div>
      <div className="ticket-offer">
        <p className="ticket-price">{formatPrice(ticket.price)}</p>
        <Checkout initial={purchase} publishableKey={stripePublishableKey()} />
      </div>
    </article>
  );
}
