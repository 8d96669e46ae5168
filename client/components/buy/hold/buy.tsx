'use client';
import { useRouter } from 'next/navigation';
import { PlaceOrder } from './place-order';
import { useTexts } from '@/components/texts';
import { statusOf } from '@/lib/api/errors';
import { checkoutPath, signInPath } from '@/lib/account/next-path';
import { seenOf, type SeenListing } from '@/lib/buy/seen-listing';
import { noteWish } from '@/lib/buy/wish';

/** Buys a ticket; a signed-out visitor signs in first and then continues here. */
export function BuyTicket({ ticket }: { ticket: SeenListing & { id: string } }) {
  const t = useTexts('ticket');
  const router = useRouter();
  function onRefusal(error: unknown) {
    const status = statusOf(error);
    const isStranger = status === 401;
    if (isStranger) {
      noteWish(ticket.id, seenOf(ticket));
      router.push(signInPath(checkoutPath(ticket.id)));
    } else if (status !== undefined) router.refresh();
    return isStranger;
  }
  return <PlaceOrder ticket={ticket} label={t.buy} busy={t.buying} className="w-100" onRefusal={onRefusal} />;
}
