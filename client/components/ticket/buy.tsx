'use client';
import { useRouter } from 'next/navigation';
import { Form, Submit } from '@/components/form';
import { usePlaceOrder } from '@/components/order/use-place-order';
import { useTexts } from '@/components/texts';
import { statusOf } from '@/lib/errors';
import { checkoutPath, signInPath } from '@/lib/next-path';
import { noteWish } from '@/lib/wish';

/** Holds a ticket and goes on to its order; a visitor who is not signed in does that first, and is led to the same. */
export function BuyTicket({ ticketId }: { ticketId: string }) {
  const t = useTexts('ticket');
  const router = useRouter();
  const place = usePlaceOrder(ticketId);
  async function send() {
    try {
      await place();
    } catch (error) {
      if (statusOf(error) !== 401) {
        router.refresh();
        throw error;
      }
      noteWish(ticketId);
      router.push(signInPath(checkoutPath(ticketId)));
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
