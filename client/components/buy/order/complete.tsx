import type { OrderBody } from '@ticketing/common/contract';
import { Link } from '@/components/link';
import { Cover } from '@/components/ticket/cover';
import { FullWhen, Place, placeOf } from '@/components/ticket/when';
import { formatEvent } from '@/lib/format';
import { siteOrigin } from '@/lib/origin';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { PrintButton } from './print-button';
import { QrCode } from './qr-code';
import { Receipt } from './receipt';
import { Seat } from './seat';

/** The ticket itself, as shown at the entrance. */
async function Pass({ ticket, pass }: { ticket: OrderBody['ticket']; pass: string }) {
  const [{ locale, timeZone }, { receipt: t, categories }, origin] = await Promise.all([
    preferences(),
    getTexts(),
    siteOrigin(),
  ]);
  const at = formatEvent(ticket, locale, timeZone);
  const place = placeOf(ticket);
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
        {place && (
          <p className="ticket-place">
            <Place details={ticket} />
          </p>
        )}
        <Seat ticket={ticket} />
      </div>
      <div className="pass-code">
        <QrCode text={`${origin}/pass/${pass}`} label={t.qr} />
      </div>
    </article>
  );
}

/** A completed purchase: the ticket with its code, its actions, and the receipt. */
export async function Complete({ order, buyer }: { order: OrderBody; buyer: string }) {
  const { receipt: t } = await getTexts();
  const { id, ticket, pass } = order;
  return (
    <div className="bought">
      <h1>{t.complete}</h1>
      <p className="bought-lead">{t.lead}</p>
      {pass && <Pass ticket={ticket} pass={pass} />}
      <p className="bought-actions">
        {ticket.startsAt && (
          <a className="btn btn-primary" href={`/orders/${id}/calendar.ics`} download>
            {t.calendar}
          </a>
        )}
        <PrintButton>{t.print}</PrintButton>
        {pass && (
          <a className="btn btn-link" href={`/pass/${pass}`}>
            {t.check}
          </a>
        )}
      </p>
      <Receipt order={order} buyer={buyer} />
      <p className="message-actions">
        <Link href="/orders">{t.allOrders}</Link>
      </p>
    </div>
  );
}
