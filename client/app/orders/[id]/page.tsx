import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Checkout } from '@/components/order/checkout';
import { TextsProvider } from '@/components/texts';
import { TicketFrame } from '@/components/ticket/frame';
import { findPurchase } from '@/lib/api';
import { stripePublishableKey } from '@/lib/config';
import { requireUser } from '@/lib/visitor';
import { getTexts } from '@/texts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).checkout.title };
}

/** One order of the visitor's: what, for how much, and its payment. */
export default async function OrderPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const [purchase, { checkout }] = await Promise.all([findPurchase(id), getTexts(), requireUser(`/orders/${id}`)]);
  if (!purchase) notFound();
  return (
    <TicketFrame ticket={purchase.order.ticket}>
      <TextsProvider texts={{ checkout }}>
        <Checkout initial={purchase} publishableKey={stripePublishableKey()} />
      </TextsProvider>
    </TicketFrame>
  );
}
