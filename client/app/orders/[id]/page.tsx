import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Checkout } from '@/components/order/checkout';
import { Complete } from '@/components/order/complete';
import { Ended } from '@/components/order/ended';
import { Stages } from '@/components/order/stages';
import { Summary } from '@/components/order/summary';
import { TextsProvider } from '@/components/texts';
import { findPurchase, findTicket } from '@/lib/api';
import { stripePublishableKey } from '@/lib/config';
import type { Purchase } from '@/lib/purchase';
import { requireUser } from '@/lib/visitor';
import { getTexts } from '@/texts';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [purchase, { checkout, receipt }] = await Promise.all([findPurchase((await params).id), getTexts()]);
  if (purchase?.order.status === 'complete') return { title: `${receipt.ticket}: ${purchase.order.ticket.title}` };
  return { title: checkout.title };
}

async function Open({ purchase }: { purchase: Purchase }) {
  const { checkout } = await getTexts();
  return (
    <TextsProvider texts={{ checkout }}>
      <Checkout initial={purchase} publishableKey={stripePublishableKey()}>
        <Summary ticket={purchase.order.ticket} />
      </Checkout>
    </TextsProvider>
  );
}

/** One order of the visitor's: its checkout, its ticket and receipt, or what has become of it. */
export default async function OrderPage({ params }: Props) {
  const { id } = await params;
  const [purchase, user] = await Promise.all([findPurchase(id), requireUser(`/orders/${id}`)]);
  if (!purchase) notFound();
  const { order } = purchase;
  const ticket = order.status === 'cancelled' ? await findTicket(order.ticket.id).catch(() => undefined) : undefined;
  const isOver = order.status === 'complete' || order.status === 'cancelled';
  return (
    <Stages stage={isOver ? order.status : 'open'}>
      {order.status === 'complete' && <Complete order={order} buyer={user.email} />}
      {order.status === 'cancelled' && <Ended order={order} ticket={ticket} />}
      {!isOver && <Open purchase={purchase} />}
    </Stages>
  );
}
