import type { OrderBody, TicketBody, UserBody } from '@ticketing/common/contract';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Link } from '@/components/link';
import { TextsProvider } from '@/components/texts';
import { BuyTicket } from '@/components/buy/hold/buy';
import { coverPicture } from '@/components/ticket/cover';
import { TicketFrame } from '@/components/ticket/frame';
import { PriceNote } from '@/components/ticket/price-note';
import { Report } from '@/components/ticket/report';
import { SellerFacts } from '@/components/ticket/seller';
import { Share } from '@/components/ticket/share';
import { Terms } from '@/components/ticket/terms';
import { LiveOffer } from '@/components/buy/hold/live-offer';
import { StructuredData } from '@/components/ticket/structured-data';
import { Unavailable } from '@/components/buy/hold/unavailable';
import { describeTicket } from '@/components/ticket/when';
import { findSeller } from '@/lib/api/seller';
import { currentUser, findOrder, findTicket } from '@/lib/api/server';
import { formatPrice } from '@/lib/format';
import { siteOrigin } from '@/lib/origin';
import { seenOf } from '@/lib/buy/seen-listing';
import { preferences, requestTime } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { fill } from '@/texts/fill';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [ticket, { locale }, { problems, ticket: t }, site] = await Promise.all([
    params.then(({ id }) => findTicket(id)),
    preferences(),
    getTexts(),
    siteOrigin(),
  ]);
  if (!ticket) return { title: problems.notFoundTitle };
  const price = formatPrice(ticket.price, locale);
  const [title, url] = [`${ticket.title}, ${price}`, `${site}/tickets/${ticket.id}`];
  const description = fill(t.describe, { what: describeTicket(ticket, locale), price });
  const image = { url: site + coverPicture(ticket.category), width: 1200, height: 630 };
  return {
    title,
    description,
    alternates: { canonical: url },
    openGraph: { title, description, url, type: 'website', siteName: 'Ticketing', images: image },
    twitter: { card: 'summary_large_image' },
  };
}

async function OwnListing({ ticket: { id, status } }: { ticket: TicketBody }) {
  const { ticket, listings } = await getTexts();
  const [words, href, link] =
    status === 'available'
      ? [ticket.own, `/tickets/${id}/edit`, ticket.edit]
      : [listings.locked[status], '/listings', ticket.allListings];
  return (
    <>
      <p>{words}</p>
      <Link className="btn btn-outline-primary w-100" href={href}>
        {link}
      </Link>
    </>
  );
}

interface OfferProps {
  ticket: TicketBody;
  user: UserBody | null;
  order?: OrderBody;
  now: number;
}

async function Offer({ ticket, user, order, now }: OfferProps) {
  const { ticket: t } = await getTexts();
  const { id, status, startsAt, heldUntil } = ticket;
  if (user?.id === ticket.userId) return <OwnListing ticket={ticket} />;
  if (order)
    return (
      <>
        <p>{status === 'sold' ? t.bought : t.heldForYou}</p>
        <Link className="btn btn-primary btn-lg w-100" href={`/orders/${order.id}`}>
          {status === 'sold' ? t.seeOrder : t.toPayment}
        </Link>
      </>
    );
  if (status === 'held') return <Unavailable status={status} heldUntil={heldUntil} serverNow={now} />;
  const isOver = startsAt !== null && Date.parse(startsAt) <= now;
  if (status === 'available' && !isOver)
    return (
      <>
        <BuyTicket ticket={{ id, ...seenOf(ticket) }} />
        <p className="form-text mb-0">{t.promise}</p>
      </>
    );
  return (
    <>
      {status === 'available' ? (
        <div className="unavailable">
          <p>
            <strong>{t.overTitle}</strong>
          </p>
          <p>{t.over}</p>
        </div>
      ) : (
        <Unavailable status={status} heldUntil={heldUntil} serverNow={now} />
      )}
      <Link className="btn btn-outline-primary w-100" href="/">
        {t.more}
      </Link>
    </>
  );
}

/** What can be done with a listing besides buying it; needs scripts. */
async function Actions({ ticket: { id, title }, isOwn }: { ticket: TicketBody; isOwn: boolean }) {
  const [{ sharing, reporting }, site] = await Promise.all([getTexts(), siteOrigin()]);
  return (
    <TextsProvider texts={{ sharing, reporting }}>
      <div className="ticket-actions">
        <Share url={`${site}/tickets/${id}`} title={title} />
        {!isOwn && <Report ticketId={id} />}
      </div>
    </TextsProvider>
  );
}

/** One ticket, and what the visitor can do with it. */
export default async function TicketPage({ params }: Props) {
  const { id } = await params;
  const [ticket, user, { ticket: t, listingChanged }] = await Promise.all([
    findTicket(id),
    currentUser().catch(() => null),
    getTexts(),
  ]);
  if (!ticket) notFound();
  const [order, seller] = await Promise.all([
    user && ticket.orderId ? findOrder(ticket.orderId).catch(() => undefined) : undefined,
    findSeller(ticket.userId),
  ]);
  const now = requestTime();
  return (
    <>
      <TicketFrame
        ticket={ticket}
        priceNote={<PriceNote ticket={ticket} />}
        more={
          <>
            {ticket.description && (
              <p className="ticket-description" dir="auto">
                {ticket.description}
              </p>
            )}
            <Terms ticket={ticket} seller={<SellerFacts seller={seller} />} />
          </>
        }
      >
        <TextsProvider texts={{ ticket: t, listingChanged }}>
          <LiveOffer ticket={ticket} isTheirs={user?.id === ticket.userId || order !== undefined} serverNow={now}>
            <Offer ticket={ticket} user={user} order={order} now={now} />
          </LiveOffer>
        </TextsProvider>
      </TicketFrame>
      <Actions ticket={ticket} isOwn={user?.id === ticket.userId} />
      <StructuredData ticket={ticket} />
    </>
  );
}
