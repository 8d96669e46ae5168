'use client';
import { useRouter } from 'next/navigation';
import { Form, Submit } from '@/components/form';
import { useTexts } from '@/components/texts';
import { placeOrder } from '@/lib/browser';
import { statusOf } from '@/lib/errors';
import { signInPath } from '@/lib/next-path';

/** Holds a ticket and goes on to its order. A visitor who is not signed in does that first, and comes back here. */
export function BuyTicket({ ticketId }: { ticketId: string }) {
  const t = useTexts('ticket');
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
      <Submit busy={t.buying} className="btn btn-primary btn-lg w-100">
        {t.buy}
      </Submit>
    </Form>
  );
}
