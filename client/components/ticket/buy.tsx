'use client';
import { useRouter } from 'next/navigation';
import { Form, Submit } from '@/components/form';
import { usePlaceOrder } from '@/components/order/use-place-order';
import { useTexts } from '@/components/texts';
import type { Seen } from '@/lib/browser';
import { statusOf } from '@/lib/errors';
import { checkoutPath, signInPath } from '@/lib/next-path';
import { noteWish } from '@/lib/wish';

/** Holds a ticket and goes on to its order; a visitor who is not signed in does that first, and is led to the same. */
export function BuyTicket({ ticket }: { ticket: Seen }) {
  const t = useTexts('ticket');
  const router = useRouter();
  const place = usePlaceOrder(ticket);
  async function send() {
    try {
      await place();
    } catch (error) {
      if (statusOf(error) !== 401) {
        router.refresh();
        throw error;
      }
      noteWish(ticket.id);
      router.push(signInPath(checkoutPath(ticket.id)));
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
