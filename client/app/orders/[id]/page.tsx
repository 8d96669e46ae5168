import type { OrderBody } from '@ticketing/common/contract';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { BackFromBank } from '@/components/buy/checkout/back-from-bank';
import { Checkout } from '@/components/buy/checkout/checkout';
import { Complete } from '@/components/buy/order/complete';
import { Ended } from '@/components/buy/order/ended';
import { Refunded } from '@/components/buy/order/refunded';
import { Stages } from '@/components/buy/checkout/stages';
import { Summary } from '@/components/buy/order/summary';
import { TextsProvider } from '@/components/texts';
import { findOrder, findPurchase, findTicket } from '@/lib/api/server';
import { stripePublishableKey } from '@/lib/config';
import { isOver, type Purchase } from '@/lib/buy/purchase';
import { requireUser } from '@/lib/visitor';
import { getTexts } from '@/texts';

interface Props {
  params: Promise<{ id: string }>;
  /** Stripe adds `redirect_status` when the bank returns the buyer here; `show` opens the ticket. */
  searchParams: Promise<{ redirect_status?: string | string[]; show?: string | string[] }>;
}

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const [purchase, { checkout, ended, receipt, refunded }] = await Promise.all([
    findPurchase((await params).id),
    getTexts(),
  ]);
  if (purchase?.order.status === 'complete') return { title: `${receipt.ticket}: ${purchase.order.ticket.title}` };
  if (purchase?.order.status === 'refunded') return { title: refunded.title };
  return { title: purchase && isOver(purchase.order.status) ? ended.title : checkout.title };
}

async function Open({ purchase }: { purchase: Purchase }) {
  const { ticket } = purchase.order;
  const [{ checkout }, now] = await Promise.all([getTexts(), findTicket(ticket.id).catch(() => undefined)]);
  return (
    <TextsProvider texts={{ checkout }}>
      <Checkout initial={purchase} publishableKey={stripePublishableKey()}>
        <Summary ticket={ticket} now={now} />
      </Checkout>
    </TextsProvider>
  );
}

async function Bought({ order, ...page }: { order: OrderBody; buyer: string; isOpened: boolean }) {
  const ticket = await findTicket(order.ticket.id).catch(() => undefined);
  return <Complete order={order} ticket={ticket} {...page} />;
}

/** What happened to a ticket since its order was cancelled; omitted if unknown. */
async function Cancelled({ order }: { order: OrderBody }) {
  const ticket = await findTicket(order.ticket.id).catch(() => undefined);
  const holder = ticket?.orderId;
  const newer = holder && holder !== order.id ? await findOrder(holder).catch(() => undefined) : undefined;
  return <Ended order={order} ticket={ticket} newer={newer} />;
}

/** One of the visitor's orders: its checkout, its ticket and receipt, or how it ended. */
export default async function OrderPage({ params, searchParams }: Props) {
  const [{ id }, { redirect_status: bank, show }] = await Promise.all([params, searchParams]);
  const [purchase, user] = await Promise.all([findPurchase(id), requireUser(`/orders/${id}`)]);
  if (!purchase) notFound();
  const { order } = purchase;
  return (
    <Stages stage={isOver(order.status) ? order.status : 'open'}>
      {bank !== undefined && <BackFromBank orderId={order.id} />}
      {order.status === 'complete' && <Bought order={order} buyer={user.email} isOpened={show === 'ticket'} />}
      {order.status === 'refunded' && <Refunded order={order} />}
      {order.status === 'cancelled' && <Cancelled order={order} />}
      {!isOver(order.status) && <Open purchase={purchase} />}
    </Stages>
  );
}
