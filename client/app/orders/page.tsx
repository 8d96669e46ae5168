import type { Metadata } from 'next';
import { Link } from '@/components/link';
import { LocalTime } from '@/components/local-time';
import { Message } from '@/components/message';
import { TicketRow } from '@/components/ticket/row';
import { myOrders } from '@/lib/api';
import { requireUser } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { fill } from '@/texts/fill';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).orders.title };
}

/** How the state of an order looks. */
const tones = { created: 'open', 'awaiting:payment': 'open', complete: 'good', cancelled: 'over' } as const;

/** What the visitor has bought, holds, or let go. */
export default async function Orders() {
  const [orders = [], { orders: t }] = await Promise.all([myOrders(), getTexts(), requireUser('/orders')]);
  if (orders.length === 0)
    return (
      <Message title={t.title} actions={<Link href="/">{t.emptyAction}</Link>}>
        {t.empty}
      </Message>
    );
  return (
    <>
      <h1>{t.title}</h1>
      <ul className="rows">
        {orders.map(({ id, status, expiresAt, ticket }) => (
          <li key={id}>
            <TicketRow href={`/orders/${id}`} ticket={ticket} tone={tones[status]}>
              {status === 'created' ? (
                <>
                  {fill(t.payBy, { status: t.status.created })} <LocalTime iso={expiresAt} />
                </>
              ) : (
                t.status[status]
              )}
            </TicketRow>
          </li>
        ))}
      </ul>
    </>
  );
}
