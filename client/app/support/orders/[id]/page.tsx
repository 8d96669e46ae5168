import type { SupportOrderBody } from '@ticketing/common/contract';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Desk } from '@/components/support/desk';
import { Messages } from '@/components/support/messages';
import { About, Delivery } from '@/components/support/order/about';
import { OrderActions } from '@/components/support/order/actions';
import { Claim } from '@/components/support/order/claim';
import { Money } from '@/components/support/order/money';
import { Story } from '@/components/support/order/story';
import { Panel, Told } from '@/components/support/part';
import { actionsOn, messagesAbout, storyOf, supportListing, supportOrder, supportPayment } from '@/lib/api/support';
import { withActions } from '@/lib/support/story';
import { requireSupport } from '@/lib/visitor';
import { getTexts } from '@/texts';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  await requireSupport(`/support/orders/${id}`);
  return { title: `${(await getTexts()).support.order.title} ${id}`, robots: 'noindex' };
}

/** What the support desk did to an order's listing, its payout and its seller. */
async function actionsAround(order: SupportOrderBody | null | undefined) {
  if (!order) return {};
  const [tickets, payments, users] = await Promise.all([
    actionsOn('tickets', order.ticket.id),
    actionsOn('payments', order.id),
    actionsOn('users', order.sellerId),
  ]);
  return { tickets, payments, users };
}

const listingOf = (order: SupportOrderBody | undefined) => order && supportListing(order.ticket.id);

/** An order: its sides, its money, its claim and its story, and what can be done about it. */
export default async function SupportOrder({ params }: Props) {
  const { id } = await params;
  const visitor = await requireSupport(`/support/orders/${id}`);
  const [{ support: t }, order, story, payment, messages] = await Promise.all([
    getTexts(),
    supportOrder(id),
    storyOf(id),
    supportPayment(id),
    messagesAbout(id),
  ]);
  if (order === null) notFound();
  const [listing, actions] = await Promise.all([listingOf(order), actionsAround(order)]);
  return (
    <Desk title={order ? order.ticket.title : `${t.order.title} ${id}`}>
      <Told part={order} by="orders">
        {(known) => (
          <>
            <About order={known} />
            <OrderActions order={known} payment={payment} visitor={visitor.id} />
            <Claim order={known} visitor={visitor.id} />
            <Delivery order={known} listing={listing} />
          </>
        )}
      </Told>
      <Panel id="money" title={t.money.title}>
        <Told part={payment} by="payments" none={t.money.none}>
          {(known) => <Money payment={known} />}
        </Told>
      </Panel>
      <Panel id="messages" title={t.person.messages}>
        <Told part={messages} by="users" none={t.person.none}>
          {(known) => <Messages messages={known} />}
        </Told>
      </Panel>
      <Panel id="story" title={t.story.title}>
        <Told part={story} by="orders" none={t.story.empty}>
          {(known) => <Story story={withActions(known, actions)} order={order} visitor={visitor.id} />}
        </Told>
        {Object.values(actions).includes(undefined) && <p className="form-text">{t.story.missing}</p>}
      </Panel>
    </Desk>
  );
}
