import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Desk } from '@/components/support/desk';
import { Messages } from '@/components/support/messages';
import { Panel, Told } from '@/components/support/part';
import { Person } from '@/components/support/person';
import { ListingRows, OrderRows } from '@/components/support/rows';
import { findListings, findOrders, messagesTo, supportPerson } from '@/lib/api/support';
import { requireSupport } from '@/lib/visitor';
import { getTexts } from '@/texts';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  await requireSupport(`/support/people/${id}`);
  return { title: `${(await getTexts()).support.person.title} ${id}`, robots: 'noindex' };
}

/** An account: how it stands, its orders, listings and messages, and what can be done about it. */
export default async function SupportPerson({ params }: Props) {
  const { id } = await params;
  await requireSupport(`/support/people/${id}`);
  const [{ support }, person, orders, listings, messages] = await Promise.all([
    getTexts(),
    supportPerson(id),
    findOrders(id),
    findListings(id),
    messagesTo(id),
  ]);
  if (person === null) notFound();
  const { person: t } = support;
  return (
    <Desk title={person ? person.email : `${t.title} ${id}`}>
      <Told part={person} by="users">
        {(known) => <Person person={known} />}
      </Told>
      <Panel id="orders" title={t.orders}>
        <Told part={orders} by="orders" none={t.none}>
          {(known) => <OrderRows orders={known} />}
        </Told>
      </Panel>
      <Panel id="listings" title={t.listings}>
        <Told part={listings} by="tickets" none={t.none}>
          {(known) => <ListingRows listings={known} />}
        </Told>
      </Panel>
      <Panel id="messages" title={t.messages}>
        <Told part={messages} by="users" none={t.none}>
          {(known) => <Messages messages={known} />}
        </Told>
      </Panel>
    </Desk>
  );
}
