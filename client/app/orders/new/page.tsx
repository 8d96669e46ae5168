import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { Hold } from '@/components/buy/hold/hold';
import { Lost } from '@/components/buy/hold/lost';
import { Message } from '@/components/message';
import { Link } from '@/components/link';
import { TextsProvider } from '@/components/texts';
import { TicketFrame } from '@/components/ticket/frame';
import { findOrder, findTicket } from '@/lib/api/server';
import { checkoutPath } from '@/lib/account/next-path';
import { seenOf } from '@/lib/buy/seen-listing';
import { requireUser } from '@/lib/visitor';
import { getTexts } from '@/texts';

interface Props {
  searchParams: Promise<{ ticket?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).hold.title, robots: { index: false } };
}

/** Continues to the checkout of `?ticket=` after signing in. Opening it changes nothing. */
export default async function NewOrder({ searchParams }: Props) {
  const { ticket: id } = await searchParams;
  if (typeof id !== 'string') notFound();
  const [user, ticket, { hold, listingChanged }] = await Promise.all([
    requireUser(checkoutPath(id)),
    findTicket(id),
    getTexts(),
  ]);
  if (!ticket) notFound();
  if (ticket.userId === user.id)
    return (
      <Message title={ticket.title} actions={<Link href={`/tickets/${id}`}>{hold.toTicket}</Link>}>
        {hold.own}
      </Message>
    );
  if (ticket.orderId && (await findOrder(ticket.orderId))) redirect(`/orders/${ticket.orderId}`);
  if (ticket.status !== 'available') return <Lost ticket={ticket} status={ticket.status} />;
  return (
    <TicketFrame ticket={ticket}>
      <p>{hold.ready}</p>
      <TextsProvider texts={{ hold, listingChanged }}>
        <Hold ticket={{ id, ...seenOf(ticket) }} />
      </TextsProvider>
    </TicketFrame>
  );
}
