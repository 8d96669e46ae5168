import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Desk } from '@/components/support/desk';
import { Listing, ListingActions, Reports } from '@/components/support/listing';
import { Panel, Told } from '@/components/support/part';
import { OrderRows } from '@/components/support/rows';
import { findOrders, supportListing } from '@/lib/api/support';
import { requireSupport } from '@/lib/visitor';
import { getTexts } from '@/texts';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  await requireSupport(`/support/listings/${id}`);
  return { title: `${(await getTexts()).support.listing.title} ${id}`, robots: 'noindex' };
}

/** A listing: how it stands, what was said about it, its orders, and what can be done about it. */
export default async function SupportListing({ params }: Props) {
  const { id } = await params;
  await requireSupport(`/support/listings/${id}`);
  const [{ support: t }, listing, orders] = await Promise.all([getTexts(), supportListing(id), findOrders(id)]);
  if (listing === null) notFound();
  return (
    <Desk title={listing ? listing.ticket.title : `${t.listing.title} ${id}`}>
      <Told part={listing} by="tickets">
        {(known) => (
          <>
            <Listing listing={known} />
            <ListingActions listing={known} />
            <Reports listing={known} />
          </>
        )}
      </Told>
      <Panel id="orders" title={t.listing.orders}>
        <Told part={orders} by="orders" none={t.listing.noOrders}>
          {(known) => <OrderRows orders={known} />}
        </Told>
      </Panel>
    </Desk>
  );
}
