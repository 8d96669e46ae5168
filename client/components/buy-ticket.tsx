'use client';
import { useRouter } from 'next/navigation';
import { placeOrder } from '@/lib/browser';
import { statusOf } from '@/lib/errors';
import { signInPath } from '@/lib/next-path';
import { Form, Submit } from './form';

/** Holds a ticket and goes on to its order. A visitor who is not signed in does that first, and comes back here. */
export function BuyTicket({ ticketId }: { ticketId: string }) {
  const router = useRouter();
  async function send() {
    try {
      const order = await placeOrder(ticketId);
      router.push(`/orders/${order.id}`);
    } catch (error) {
      if (statusOf(error) !== 401) {
        router.refresh();
        throw error;
      }
      router.push(signInPath(`/tickets/${ticketId}`));
    }
  }
  return (
    <Form send={send}>
      <Submit busy="Holding it for you…" className="btn btn-primary btn-lg w-100">
        Buy ticket
      </Submit>
    </Form>
  );
}
