import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { Link } from '@/components/link';
import { DeliveryState } from '@/components/sell/handover/delivery';
import { PayoutSetUp } from '@/components/sell/payout-set-up';
import { TextsProvider } from '@/components/texts';
import { TicketRow } from '@/components/ticket/row';
import { Share } from '@/components/ticket/share';
import { myPayoutAccount } from '@/lib/api/selling';
import { findTicket } from '@/lib/api/server';
import { siteOrigin } from '@/lib/origin';
import { requireUser } from '@/lib/visitor';
import { getTexts } from '@/texts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).live.title };
}

/** Right after listing: what buyers are told, a link to share, and how to get paid. */
export default async function Live({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const [user, ticket, account, origin, texts] = await Promise.all([
    requireUser(`/tickets/${id}/live`),
    findTicket(id),
    myPayoutAccount(),
    siteOrigin(),
    getTexts(),
  ]);
  if (ticket?.userId !== user.id) notFound();
  if (ticket.status === 'sold' || ticket.status === 'withdrawn') redirect(`/tickets/${id}`);
  const { live: t, listings, payouts, handing, sharing } = texts;
  return (
    <div className="live-page">
      <h1>{t.title}</h1>
      <p>{t.lead}</p>
      <div className="rows">
        <TicketRow href={`/tickets/${id}`} ticket={ticket} tone="good">
          {listings.status[ticket.status]}
        </TicketRow>
      </div>
      <TextsProvider texts={{ sharing, payouts, handing }}>
        <DeliveryState ticket={ticket} />
        <section aria-labelledby="share">
          <h2 id="share">{t.share}</h2>
          <Share url={`${origin}/tickets/${id}`} title={ticket.title} showsLink />
        </section>
        <PayoutSetUp account={account} />
      </TextsProvider>
      <div className="message-actions">
        <Link href={`/tickets/new?like=${id}`} className="btn btn-primary">
          {t.another}
        </Link>
        <Link href={`/tickets/${id}`}>{t.view}</Link>
        <Link href="/listings">{t.all}</Link>
      </div>
    </div>
  );
}
