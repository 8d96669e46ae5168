import type { OrderBody, TicketBody } from '@ticketing/common/contract';
import { Link } from '@/components/link';
import { TextsProvider } from '@/components/texts';
import { cancelReasonOf } from '@/lib/buy/after-sale';
import { requestTime } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { GetBack } from '@/components/buy/hold/get-back';
import { EndedTicket } from './ended-ticket';

interface EndedProps {
  order: OrderBody;
  /** Its current state; undefined if it could not be fetched. */
  ticket?: TicketBody;
  /** The visitor's other order that has the ticket now, if any. */
  newer?: OrderBody;
}

/** The status of an ended order's ticket, and what can be done about it. */
async function Outlook({ order, ticket, newer }: EndedProps) {
  const { ended, listingChanged } = await getTexts();
  if (newer)
    return (
      <>
        <p>{newer.status === 'complete' ? ended.bought : ended.yours}</p>
        <Link className="btn btn-primary btn-lg" href={`/orders/${newer.id}`}>
          {newer.status === 'complete' ? ended.toOrder : ended.toPayment}
        </Link>
      </>
    );
  if (!ticket) return null;
  if (ticket.startsAt && Date.parse(ticket.startsAt) <= requestTime()) return <p>{ended.past}</p>;
  return (
    <TextsProvider texts={{ ended, listingChanged }}>
      <GetBack order={{ id: order.id, again: order.again }} initial={ticket} serverNow={requestTime()} />
    </TextsProvider>
  );
}

/** A purchase that was not completed: why, that nothing was charged, and the way back to the ticket. */
export async function Ended(props: EndedProps) {
  const held = props.order.ticket;
  const reason = cancelReasonOf(props.order);
  const { ended } = await getTexts();
  return (
    <div className="ended">
      <h1>{reason ? ended.reasons[reason] : ended.cancelled}</h1>
      <p className="ended-money">{ended.notCharged}</p>
      <EndedTicket ticket={held}>
        <Outlook {...props} />
      </EndedTicket>
      <p className="message-actions">
        <Link href={`/tickets/${held.id}`}>{ended.toTicket}</Link>
        <Link href="/">{ended.others}</Link>
      </p>
    </div>
  );
}
