import type { OrderBody } from '@ticketing/common/contract';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Link } from '@/components/link';
import { LocalTime } from '@/components/local-time';
import { Message } from '@/components/message';
import { TicketRow } from '@/components/ticket/row';
import { Pager } from '@/components/pager';
import { myOrders } from '@/lib/api/server';
import { isClaimed } from '@/lib/buy/after-sale';
import { groupOrders, orderGroups, type OrderGroup } from '@/lib/buy/my-orders';
import { asCursor } from '@/lib/api/paging';
import { requestTime, requireUser } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { fill } from '@/texts/fill';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).orders.title };
}

/** The tone of each order status. */
const tones = {
  created: 'open',
  'awaiting:payment': 'open',
  complete: 'good',
  cancelled: 'over',
  refunded: 'over',
} as const;

async function State({ order }: { order: OrderBody }) {
  const { status, reason, expiresAt } = order;
  const { orders: t } = await getTexts();
  if (reason) return t.reasons[reason];
  if (isClaimed(order)) return t.claimed;
  if (status !== 'created') return t.status[status];
  return (
    <>
      {fill(t.payBy, { status: t.status.created })} <LocalTime iso={expiresAt} />
    </>
  );
}

async function Group({ group, orders }: { group: OrderGroup; orders: OrderBody[] }) {
  const { orders: t } = await getTexts();
  return (
    <section className="order-group" aria-labelledby={group}>
      <h2 id={group}>{t.groups[group]}</h2>
      {orders.length === 0 && (
        <p>
          {t.noneUpcoming} <Link href="/">{t.emptyAction}</Link>
        </p>
      )}
      <ul className="rows">
        {orders.map((order) => (
          <li key={order.id}>
            <TicketRow
              href={`/orders/${order.id}`}
              ticket={order.ticket}
              tone={isClaimed(order) ? 'open' : tones[order.status]}
            >
              <State order={order} />
            </TicketRow>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The visitor's open, bought and cancelled orders. */
export default async function Orders({ searchParams }: { searchParams: Promise<{ cursor?: string | string[] }> }) {
  const cursor = asCursor((await searchParams).cursor);
  const [page, { orders: t }] = await Promise.all([myOrders(cursor), getTexts(), requireUser('/orders')]);
  if (!page && cursor) redirect('/orders');
  const { items: orders, next } = page ?? { items: [] };
  if (orders.length === 0 && !cursor)
    return (
      <Message title={t.title} actions={<Link href="/">{t.emptyAction}</Link>}>
        {t.empty}
      </Message>
    );
  const groups = groupOrders(orders, requestTime());
  const shown = orderGroups.filter((group) => groups[group].length > 0 || (group === 'upcoming' && !cursor));
  return (
    <>
      <h1>{t.title}</h1>
      <nav className="order-nav" aria-label={t.jump}>
        {shown.map((group) => (
          <a key={group} href={`#${group}`}>
            {t.groups[group]} <span>{groups[group].length}</span>
          </a>
        ))}
      </nav>
      {shown.map((group) => (
        <Group key={group} group={group} orders={groups[group]} />
      ))}
      <Pager path="/orders" cursor={cursor} next={next} />
    </>
  );
}
