import type { Metadata } from 'next';
import { Link } from '@/components/link';
import { LocalTime } from '@/components/local-time';
import { Message } from '@/components/message';
import { myOrders } from '@/lib/api';
import { formatPrice } from '@/lib/format';
import { requireUser } from '@/lib/visitor';
import { orderWords } from '@/lib/words';

export const metadata: Metadata = { title: 'My orders' };

/** What the visitor has bought, holds, or let go. */
export default async function Orders() {
  const [orders = []] = await Promise.all([myOrders(), requireUser('/orders')]);
  if (orders.length === 0)
    return (
      <Message title="My orders" actions={<Link href="/">See the tickets for sale</Link>}>
        You have not ordered anything yet.
      </Message>
    );
  return (
    <>
      <h1>My orders</h1>
      <ul className="rows">
        {orders.map(({ id, status, expiresAt, ticket }) => (
          <li key={id}>
            <Link href={`/orders/${id}`} className="row-link">
              <span className="row-title">{ticket.title}</span>
              <span className={`tag tag-${status.replace(':', '-')}`}>
                {orderWords[status]}
                {status === 'created' && (
                  <>
                    {' by '}
                    <LocalTime iso={expiresAt} />
                  </>
                )}
              </span>
              <span className="row-price">{formatPrice(ticket.price)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
