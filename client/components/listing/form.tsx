'use client';
import type { TicketBody } from '@ticketing/common/contract';
import { useRouter } from 'next/navigation';
import { Field, Form, Submit } from '@/components/form';
import { useTexts } from '@/components/texts';
import { listTicket, saveTicket } from '@/lib/browser';

/** Lists a ticket, or saves the one it is given. */
export function TicketForm({ ticket }: { ticket?: TicketBody }) {
  const t = useTexts('listingForm');
  const router = useRouter();
  async function send(values: Record<string, string>) {
    const { id } = await (ticket ? saveTicket(ticket.id, values) : listTicket(values));
    router.push(`/tickets/${id}`);
  }
  return (
    <Form send={send}>
      <Field name="title" label={t.title} maxLength={200} autoComplete="off" defaultValue={ticket?.title} hint={t.titleHint} />
      <Field
        name="price"
        label={t.price}
        inputMode="decimal"
        autoComplete="off"
        defaultValue={ticket?.price.toFixed(2)}
        hint={t.priceHint}
      />
      <Submit busy={ticket ? t.saving : t.listing} className="btn btn-primary btn-lg w-100">
        {ticket ? t.save : t.list}
      </Submit>
    </Form>
  );
}
