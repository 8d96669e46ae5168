import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Link } from '@/components/link';
import { TextsProvider } from '@/components/texts';
import { TicketForm } from '@/components/listing/form';
import { WithdrawTicket } from '@/components/listing/withdraw';
import { findTicket } from '@/lib/api';
import { requireUser } from '@/lib/visitor';
import { getTexts } from '@/texts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).listings.editTitle };
}

/** Edits or withdraws a listing, for its seller. */
export default async function Edit({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const [user, ticket, texts] = await Promise.all([requireUser(`/tickets/${id}/edit`), findTicket(id), getTexts()]);
  if (ticket?.userId !== user.id) notFound();
  const { listings: t, listingForm } = texts;
  return (
    <div className="narrow">
      <h1>{t.editTitle}</h1>
      {ticket.status === 'available' ? (
        <TextsProvider texts={{ listingForm }}>
          <TicketForm ticket={ticket} />
          <section className="apart" aria-labelledby="withdraw">
            <h2 id="withdraw">{t.withdrawTitle}</h2>
            <p>{t.withdrawHint}</p>
            <WithdrawTicket id={id} />
          </section>
        </TextsProvider>
      ) : (
        <>
          <p>
            <strong>{ticket.title}</strong>
          </p>
          <p>{t.locked[ticket.status]}</p>
          <Link href="/listings">{t.all}</Link>
        </>
      )}
    </div>
  );
}
