import type { Metadata } from 'next';
import { Link } from '@/components/link';
import { Message } from '@/components/message';
import { myTickets } from '@/lib/api';
import { formatPrice } from '@/lib/format';
import { requireUser } from '@/lib/visitor';
import { ticketWords } from '@/lib/words';

export const metadata: Metadata = { title: 'My listings' };

/** What the visitor sells, in any state. */
export default async function Listings() {
  const [tickets = []] = await Promise.all([myTickets(), requireUser('/listings')]);
  if (tickets.length === 0)
    return (
      <Message title="My listings" actions={<Link href="/tickets/new">List your first ticket</Link>}>
        You are not selling anything yet.
      </Message>
    );
  return (
    <>
      <h1>My listings</h1>
      <ul className="rows">
        {tickets.map(({ id, title, price, status }) => (
          <li key={id}>
            <Link href={status === 'available' ? `/tickets/${id}/edit` : `/tickets/${id}`} className="row-link">
              <span className="row-title">{title}</span>
              <span className={`tag tag-${status}`}>{ticketWords[status]}</span>
              <span className="row-price">{formatPrice(price)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
