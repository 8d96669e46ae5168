import type { OrderBody, TicketBody } from '@ticketing/common/contract';
import { Cover } from '@/components/ticket/cover';
import { DeliveryNote, DeliverySentence } from '@/components/ticket/delivery';
import { Place, placeOf } from '@/components/ticket/when';
import { deliveryOf } from '@/lib/buy/delivery';
import { formatEvent, formatPrice } from '@/lib/format';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { Seat } from './seat';

interface SummaryProps {
  ticket: OrderBody['ticket'];
  /** As it is now; undefined if it could not be fetched. */
  now?: TicketBody;
}

/** A summary of the ticket being bought: what, when, where, seat, delivery and price. */
export async function Summary({ ticket, now }: SummaryProps) {
  const [{ locale, timeZone }, { categories, checkout: t }] = await Promise.all([preferences(), getTexts()]);
  const at = formatEvent(ticket, locale, timeZone);
  const place = placeOf(ticket);
  return (
    <section className="summary" aria-label={t.summary}>
      <Cover category={ticket.category} id={ticket.id} className="summary-cover" />
      <div className="summary-face">
        <p className="ticket-kind">{categories[ticket.category]}</p>
        <h1 dir="auto">{ticket.title}</h1>
        {at && (
          <p className="ticket-when">
            <time dateTime={ticket.startsAt ?? undefined}>
              {at.longDate}, {at.time} {at.zone}
            </time>
          </p>
        )}
        {place && (
          <p className="ticket-place">
            <Place details={ticket} />
          </p>
        )}
        <Seat ticket={ticket} />
        {now && (
          <div className="summary-delivery">
            <p>
              <DeliverySentence ticket={now} />
            </p>
            {deliveryOf(now) === 'unscanned' && <DeliveryNote ticket={now} />}
          </div>
        )}
      </div>
      <p className="summary-total">
        <span>{t.total}</span> <strong>{formatPrice(ticket.price, locale)}</strong>
      </p>
    </section>
  );
}
