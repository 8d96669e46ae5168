import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Link } from '@/components/link';
import { EditListing } from '@/components/sell/edit';
import { KeptBack } from '@/components/sell/kept-back';
import { TextsProvider } from '@/components/texts';
import { TicketRow } from '@/components/ticket/row';
import { findTicket } from '@/lib/api/server';
import { myPayoutAccount } from '@/lib/api/selling';
import { requireUser } from '@/lib/visitor';
import { getTexts } from '@/texts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).listings.editTitle };
}

/** Edits or withdraws a listing, for its seller. */
export default async function Edit({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const [user, ticket, account, texts] = await Promise.all([
    requireUser(`/tickets/${id}/edit`),
    findTicket(id),
    myPayoutAccount(),
    getTexts(),
  ]);
  if (ticket?.userId !== user.id) notFound();
  const { listings: t, listingForm, categories, withdrawal, handing, ticket: ticketTexts } = texts;
  return (
    <div className="selling">
      <h1>{ticket.status === 'sold' ? t.soldTitle : t.editTitle}</h1>
      {(ticket.status === 'sold' || ticket.status === 'withdrawn') && (
        <div className="rows">
          <TicketRow href={`/tickets/${id}`} ticket={ticket} tone="over">
            {t.status[ticket.status]}
          </TicketRow>
        </div>
      )}
      {(ticket.review ?? ticket.withdrawnFor) && (
        <div className="alert alert-warning">
          <KeptBack ticket={ticket} words={t.keptBack} />
        </div>
      )}
      <TextsProvider texts={{ listingForm, categories, withdrawal, handing, ticket: ticketTexts }}>
        <EditListing ticket={ticket} feePercent={account?.feePercent} />
      </TextsProvider>
      <p className="narrow-foot">
        <Link href="/listings">{t.all}</Link>
      </p>
    </div>
  );
}
