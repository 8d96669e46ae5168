import type { SupportListingBody } from '@ticketing/common/contract';
import { Link } from '@/components/link';
import { placeOf, SeatLine, When } from '@/components/ticket/when';
import { formatPrice } from '@/lib/format';
import { actionsOfListing } from '@/lib/support/possible';
import { madeAt } from '@/lib/support/times';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { Act } from './act';
import { ExactTime } from './exact-time';
import { Facts, Panel } from './part';
import { PersonLink } from './person-link';

/** A listing as its seller describes it, and its status. */
export async function Listing({ listing }: { listing: SupportListingBody }) {
  const [{ locale, timeZone }, texts] = await Promise.all([preferences(), getTexts()]);
  const { listing: t } = texts.support;
  const { ticket, withdrawnFor } = listing;
  const { id, category, startsAt, orderId, deliveredAt, isScanned, faceValue } = ticket;
  const handover = isScanned === null ? 'there' : isScanned ? 'scanned' : 'unscanned';
  return (
    <Panel id="about" title={t.title}>
      {withdrawnFor && (
        <>
          <p className="mb-0">{t.withdrawnFor}</p>
          <blockquote dir="auto" className="claim-text">
            {withdrawnFor}
          </blockquote>
        </>
      )}
      <Facts
        facts={[
          [t.status, texts.listings.status[ticket.status]],
          [t.seller, <PersonLink key="seller" id={ticket.userId} />],
          [
            t.event,
            startsAt && (
              <When
                key="event"
                details={ticket}
                locale={locale}
                timeZone={timeZone}
                unknown={texts.categories[category ?? 'other']}
              />
            ),
          ],
          [t.place, placeOf(ticket) || null],
          [t.seat, ticket.seat && <SeatLine key="seat" details={ticket} texts={texts.ticket} />],
          [t.price, formatPrice(ticket.price, locale)],
          [t.faceValue, faceValue === null ? null : formatPrice(faceValue, locale)],
          [t.listed, <ExactTime key="listed" iso={madeAt(id)} />],
          [t.edition, ticket.edition],
          [t.delivery, t.deliveries[deliveredAt ? handover : 'none']],
          [t.order, orderId && <OrderLink key="order" id={orderId} />],
        ]}
      />
      <p>
        <Link href={`/tickets/${id}`} className="desk-link">
          {t.view}
        </Link>
      </p>
    </Panel>
  );
}

const OrderLink = ({ id }: { id: string }) => (
  <Link href={`/support/orders/${id}`} className="desk-link">
    <code>{id}</code>
  </Link>
);

/** What can be done about a listing now; first about its description, shown or hidden. */
export async function ListingActions({ listing }: { listing: SupportListingBody }) {
  const { listing: t } = (await getTexts()).support;
  const { ticket, waiting } = listing;
  const actions = actionsOfListing(listing);
  return (
    <>
      <Panel id="description" title={waiting === null ? t.description : t.waitingTitle}>
        {waiting !== null && <p>{t.waitingHint}</p>}
        {(waiting ?? ticket.description) ? (
          <blockquote dir="auto" className="claim-text">
            {waiting ?? ticket.description}
          </blockquote>
        ) : (
          <p className="form-text">{t.noDescription}</p>
        )}
      </Panel>
      <Panel id="actions" title={t.actions}>
        {actions.length === 0 && <p className="form-text">{t.nothingToDo}</p>}
        <div className="desk-actions">
          {actions.map((action) => (
            <Act
              key={action}
              action={action}
              id={ticket.id}
              about={ticket.title}
              seen={action === 'listing-withdraw' ? undefined : { edition: ticket.edition }}
            />
          ))}
        </div>
      </Panel>
    </>
  );
}

/** What people said about a listing. */
export async function Reports({ listing: { ticket, reports } }: { listing: SupportListingBody }) {
  const { listing: t } = (await getTexts()).support;
  return (
    <Panel id="reports" title={t.reports}>
      {reports.length === 0 && <p className="form-text">{t.noReports}</p>}
      <ul className="desk-list">
        {reports.map(({ id, reason, text, at }) => (
          <li key={id}>
            <div>
              <strong>{t.reasons[reason]}</strong>
              <p className="form-text">
                <ExactTime iso={at} />
              </p>
              {text && (
                <blockquote dir="auto" className="claim-text">
                  {text}
                </blockquote>
              )}
            </div>
            <Act action="report-close" id={id} about={t.reasons[reason]} />
          </li>
        ))}
      </ul>
      {reports.length > 1 && <Act action="reports-close" id={ticket.id} about={ticket.title} />}
    </Panel>
  );
}
