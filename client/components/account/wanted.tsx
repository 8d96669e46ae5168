import { TicketRow } from '@/components/ticket/row';
import { findTicket } from '@/lib/api/server';
import { ticketOfCheckout } from '@/lib/account/next-path';
import { getTexts } from '@/texts';

/** The ticket a visitor is about to buy, if `next` leads to its checkout. */
export async function Wanted({ next }: { next: string }) {
  const id = ticketOfCheckout(next);
  const ticket = id ? await findTicket(id).catch(() => undefined) : undefined;
  if (!ticket) return null;
  const { credentials: t } = await getTexts();
  return (
    <section className="rows" aria-label={t.toBuy}>
      <TicketRow href={`/tickets/${ticket.id}`} ticket={ticket} tone="open">
        {t.toBuy}
      </TicketRow>
    </section>
  );
}
