import type { Metadata } from 'next';
import { TicketForm } from '@/components/ticket-form';
import { requireUser } from '@/lib/visitor';

export const metadata: Metadata = { title: 'Sell a ticket' };

/** Lists a ticket. */
export default async function Sell() {
  await requireUser('/tickets/new');
  return (
    <div className="narrow">
      <h1>Sell a ticket</h1>
      <TicketForm />
    </div>
  );
}
