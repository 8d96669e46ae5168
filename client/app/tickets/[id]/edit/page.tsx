import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Link } from '@/components/link';
import { TicketForm, WithdrawTicket } from '@/components/ticket-form';
import { findTicket } from '@/lib/api';
import { requireUser } from '@/lib/visitor';
import { lockedWords } from '@/lib/words';

export const metadata: Metadata = { title: 'Edit listing' };

/** Edits or withdraws a listing, for its seller. */
export default async function Edit({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const [user, ticket] = await Promise.all([requireUser(`/tickets/${id}/edit`), findTicket(id)]);
  if (ticket?.userId !== user.id) notFound();
  return (
    <div className="narrow">
      <h1>Edit listing</h1>
      {ticket.status === 'available' ? (
        <>
          <TicketForm ticket={ticket} />
          <section className="apart" aria-labelledby="withdraw">
            <h2 id="withdraw">No longer selling it?</h2>
            <p>Nobody can buy a withdrawn ticket. To sell it later, list it again.</p>
            <WithdrawTicket id={id} />
          </section>
        </>
      ) : (
        <>
          <p>
            <strong>{ticket.title}</strong>
          </p>
          <p>{lockedWords[ticket.status]}</p>
          <Link href="/listings">All your listings</Link>
        </>
      )}
    </div>
  );
}
