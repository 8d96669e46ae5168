import type { SupportListingBody, SupportOrderBody } from '@ticketing/common/contract';
import { Link } from '@/components/link';
import { When } from '@/components/ticket/when';
import { formatPrice } from '@/lib/format';
import type { Part } from '@/lib/support/part';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { ExactTime } from '../exact-time';
import { Facts, Panel } from '../part';
import { PersonLink } from '../person-link';

const time = (iso: string | null | undefined) => iso && <ExactTime iso={iso} />;

/** Who bought what from whom, and the order's status. */
export async function About({ order }: { order: SupportOrderBody }) {
  const [{ locale, timeZone }, { support, categories }] = await Promise.all([preferences(), getTexts()]);
  const { order: t } = support;
  const { ticket, status, reason } = order;
  const seat = [ticket.section, ticket.row, ticket.seat].filter(Boolean).join(', ');
  return (
    <Panel id="about" title={t.people}>
      <Facts
        facts={[
          [t.status, reason ? `${t.statuses[status]}: ${t.reasons[reason]}` : t.statuses[status]],
          [t.buyer, <PersonLink key="buyer" id={order.userId} />],
          [t.seller, <PersonLink key="seller" id={order.sellerId} />],
          [
            t.ticket,
            <Link key="ticket" href={`/support/listings/${ticket.id}`}>
              {ticket.title}
            </Link>,
          ],
          [
            t.event,
            <When
              key="event"
              details={ticket}
              locale={locale}
              timeZone={timeZone}
              unknown={categories[ticket.category ?? 'other']}
            />,
          ],
          [t.seat, seat || null],
          [t.price, formatPrice(ticket.price, locale)],
          [t.held, time(order.createdAt)],
          [t.until, status === 'created' ? time(order.expiresAt) : null],
          [t.seq, order.seq],
          [t.number, <code key="id">{order.id}</code>],
        ]}
      />
    </Panel>
  );
}

/** How the ticket reaches its buyer, and when its seller is paid. */
export async function Delivery({ order, listing }: { order: SupportOrderBody; listing: Part<SupportListingBody> }) {
  const { order: t } = (await getTexts()).support;
  const there = listing?.ticket.orderId === order.id ? listing.ticket : undefined;
  const deliveredAt = order.deliveredAt ?? there?.deliveredAt;
  return (
    <Panel id="delivery" title={t.delivery}>
      <Facts
        facts={[
          [t.deliverBy, time(order.deliverBy)],
          [t.deliveredAt, time(deliveredAt) ?? t.never],
          [t.missedAt, time(there?.missedAt)],
          [t.readAt, time(order.readAt) ?? t.never],
          [t.usedAt, time(order.usedAt) ?? t.never],
          [t.releaseAt, time(order.releaseAt)],
          [t.releasedAt, time(order.releasedAt) ?? t.never],
        ]}
      />
    </Panel>
  );
}
