import type { OrderBody, TicketBody } from '@ticketing/common/contract';
import { Link } from '@/components/link';
import { TextsProvider } from '@/components/texts';
import { Cover } from '@/components/ticket/cover';
import { FullWhen, Place, placeOf } from '@/components/ticket/when';
import { isAhead } from '@/lib/buy/after-sale';
import { formatEvent } from '@/lib/format';
import { preferences, requestTime } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { FollowOrder } from './follow-order';
import { FollowTicket } from './follow-ticket';
import { Guarantee } from './guarantee';
import { Handover } from './handover';
import { PrintButton } from './print-button';
import { Proof } from './proof';
import { Receipt } from './receipt';
import { Seat } from './seat';

interface CompleteProps {
  order: OrderBody;
  /** Its ticket as it is now; undefined if it could not be fetched. */
  ticket?: TicketBody;
  /** The buyer's email address. */
  buyer: string;
  /** Whether the buyer asked to see what was handed over. */
  isOpened: boolean;
}

/** The event, and next to it the ticket as it was handed over. */
async function Bought({ order, ticket: now, isOpened }: Omit<CompleteProps, 'buyer'>) {
  const { ticket } = order;
  const [{ locale, timeZone }, { handover: t, categories }] = await Promise.all([preferences(), getTexts()]);
  const at = formatEvent(ticket, locale, timeZone);
  return (
    <article className="pass">
      <Cover category={ticket.category} id={ticket.id} className="pass-cover" />
      <div className="pass-face">
        <p className="ticket-kind">{categories[ticket.category]}</p>
        <h2 dir="auto">{ticket.title}</h2>
        {at && (
          <p className="ticket-when">
            <FullWhen startsAt={ticket.startsAt} at={at} />
          </p>
        )}
        {placeOf(ticket) && (
          <p className="ticket-place">
            <Place details={ticket} />
          </p>
        )}
        <Seat ticket={ticket} />
      </div>
      <section className="pass-stub" id="ticket" tabIndex={-1} aria-label={t.title}>
        {now ? <Handover orderId={order.id} ticket={now} isOpened={isOpened} /> : <p>{t.unknown}</p>}
      </section>
    </article>
  );
}

/** A completed purchase: the ticket, its guarantee, the proof of purchase and the receipt. */
export async function Complete({ order, ticket, buyer, isOpened }: CompleteProps) {
  const { receipt: t, arrival, claimed } = await getTexts();
  const { id, version, releasedAt, claim } = order;
  return (
    <div className="bought">
      <h1>{isAhead(order, requestTime()) ? t.complete : t.settled}</h1>
      <Bought order={order} ticket={ticket} isOpened={isOpened} />
      <TextsProvider texts={{ arrival, claimed }}>
        <FollowOrder order={{ id, version, releasedAt, claim }} />
        {ticket && (
          <FollowTicket ticket={{ id: ticket.id, version: ticket.version, deliveredAt: ticket.deliveredAt }} />
        )}
      </TextsProvider>
      <p className="bought-actions">
        {order.ticket.startsAt && (
          <a className="btn btn-outline-primary" href={`/orders/${order.id}/calendar.ics`} download>
            {t.calendar}
          </a>
        )}
        <PrintButton>{t.print}</PrintButton>
      </p>
      <Guarantee order={order} />
      <Receipt order={order} buyer={buyer} />
      {order.pass && <Proof pass={order.pass} />}
      <p className="message-actions">
        <Link href="/orders">{t.allOrders}</Link>
      </p>
    </div>
  );
}
