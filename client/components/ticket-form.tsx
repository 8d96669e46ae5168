'use client';
import type { TicketBody } from '@ticketing/common/contract';
import { useRouter } from 'next/navigation';
import { listTicket, saveTicket, withdrawTicket } from '@/lib/browser';
import { Field, Form, Submit } from './form';

/** Lists a ticket, or saves the one it is given. */
export function TicketForm({ ticket }: { ticket?: TicketBody }) {
  const router = useRouter();
  async function send(values: Record<string, string>) {
    const { id } = await (ticket ? saveTicket(ticket.id, values) : listTicket(values));
    router.push(`/tickets/${id}`);
  }
  return (
    <Form send={send}>
      <Field
        name="title"
        label="Title"
        maxLength={200}
        autoComplete="off"
        defaultValue={ticket?.title}
        hint="What it admits to: the event, where and when, the seat."
      />
      <Field
        name="price"
        label="Price"
        inputMode="decimal"
        autoComplete="off"
        defaultValue={ticket?.price.toFixed(2)}
        hint="In US dollars, such as 49.50."
      />
      <Submit busy={ticket ? 'Saving…' : 'Listing…'} className="btn btn-primary w-100">
        {ticket ? 'Save changes' : 'List ticket'}
      </Submit>
    </Form>
  );
}

/** Takes a listing back. */
export function WithdrawTicket({ id }: { id: string }) {
  const router = useRouter();
  async function send() {
    await withdrawTicket(id);
    router.push('/listings');
  }
  return (
    <Form send={send}>
      <Submit busy="Withdrawing…" className="btn btn-outline-danger w-100">
        Withdraw listing
      </Submit>
    </Form>
  );
}
