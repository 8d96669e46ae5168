import type { PersonBody, SupportListingBody, SupportOrderBody, SupportPaymentBody } from '@ticketing/common/contract';
import type { ReactNode } from 'react';
import { Link } from '@/components/link';
import { SeatLine } from '@/components/ticket/when';
import { formatPrice } from '@/lib/format';
import { madeAt } from '@/lib/support/times';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { ExactTime } from './exact-time';

/** Rows for what was found: each leads to its page. */

interface RowProps {
  href: string;
  name: string;
  /** Further details that tell it apart. */
  children: ReactNode;
}

const Row = ({ href, name, children }: RowProps) => (
  <li>
    <div>
      <Link href={href} dir="auto">
        {name}
      </Link>
      <p className="form-text">{children}</p>
    </div>
  </li>
);

const hasSeat = ({ section, row, seat }: Record<'section' | 'row' | 'seat', string | null>) =>
  Boolean(section ?? row ?? seat);

/** Parts of a line with dots between them; missing ones are left out. */
const Line = ({ parts }: { parts: ReactNode[] }) =>
  parts.filter(Boolean).map((part, index) => (
    <span key={index}>
      {index > 0 && ' · '}
      {part}
    </span>
  ));

export async function OrderRows({ orders }: { orders: SupportOrderBody[] }) {
  const [{ locale }, { support, ticket: seatTexts }] = await Promise.all([preferences(), getTexts()]);
  return (
    <ul className="desk-list">
      {orders.map(({ id, ticket, status, createdAt, claim }) => (
        <Row key={id} href={`/support/orders/${id}`} name={ticket.title}>
          <Line
            parts={[
              support.order.statuses[status],
              claim && `${support.order.claim}: ${support.order.claimStatuses[claim.status]}`,
              hasSeat(ticket) && <SeatLine key="seat" details={ticket} texts={seatTexts} />,
              formatPrice(ticket.price, locale),
              <ExactTime key="at" iso={createdAt} />,
            ]}
          />
        </Row>
      ))}
    </ul>
  );
}

export async function ListingRows({ listings }: { listings: SupportListingBody[] }) {
  const [{ locale }, texts] = await Promise.all([preferences(), getTexts()]);
  return (
    <ul className="desk-list">
      {listings.map(({ ticket }) => (
        <Row key={ticket.id} href={`/support/listings/${ticket.id}`} name={ticket.title}>
          <Line
            parts={[
              texts.listings.status[ticket.status],
              hasSeat(ticket) && <SeatLine key="seat" details={ticket} texts={texts.ticket} />,
              formatPrice(ticket.price, locale),
              <ExactTime key="at" iso={madeAt(ticket.id)} />,
            ]}
          />
        </Row>
      ))}
    </ul>
  );
}

export async function PersonRows({ people }: { people: PersonBody[] }) {
  const { person: t } = (await getTexts()).support;
  return (
    <ul className="desk-list">
      {people.map(({ id, email, name, memberSince, frozenAt, confirmedAt }) => (
        <Row key={id} href={`/support/people/${id}`} name={email}>
          <Line
            parts={[
              name,
              frozenAt && t.isFrozen,
              !confirmedAt && t.notConfirmed,
              <ExactTime key="at" iso={memberSince} />,
            ]}
          />
        </Row>
      ))}
    </ul>
  );
}

export async function PaymentRows({ payments }: { payments: SupportPaymentBody[] }) {
  const [{ locale }, { support }] = await Promise.all([preferences(), getTexts()]);
  return (
    <ul className="desk-list">
      {payments.map(({ id, orderId, stripeId, status, amount }) => (
        <Row key={id} href={`/support/orders/${orderId}`} name={stripeId ?? orderId}>
          <Line parts={[support.money.statuses[status], formatPrice(amount, locale)]} />
        </Row>
      ))}
    </ul>
  );
}
