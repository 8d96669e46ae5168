import type { OrderBody } from '@ticketing/common/contract';
import { Link } from '@/components/link';
import { cancelWords } from '@/lib/words';

/** The end of a purchase that worked out. */
export function Complete() {
  return (
    <>
      <p className="outcome outcome-good">Complete: this ticket is yours.</p>
      <Link className="btn btn-outline-primary w-100" href="/orders">
        All your orders
      </Link>
    </>
  );
}

/** The end of one that did not: why, and the way back to the ticket. */
export function Cancelled({ order: { reason, ticket } }: { order: OrderBody }) {
  return (
    <>
      <p className="outcome">{reason ? cancelWords[reason] : 'This order was cancelled.'}</p>
      <p>Nothing has been charged.</p>
      <Link className="btn btn-outline-primary w-100" href={`/tickets/${ticket.id}`}>
        Back to the ticket
      </Link>
    </>
  );
}
