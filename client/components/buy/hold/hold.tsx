'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useTexts } from '@/components/texts';
import type { SeenListing } from '@/lib/buy/seen-listing';
import { takeWish } from '@/lib/buy/wish';
import { PlaceOrder } from './place-order';

/** Holds a ticket: by itself for whoever asked for it before they signed in, else at one tap. */
export function Hold({ ticket }: { ticket: SeenListing & { id: string } }) {
  const t = useTexts('hold');
  const router = useRouter();
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takeWish(ticket.id)) frame.current?.querySelector('form')?.requestSubmit();
  }, [ticket.id]);
  function onRefusal() {
    router.refresh();
    return false;
  }
  return (
    <div ref={frame}>
      <PlaceOrder ticket={ticket} label={t.buy} busy={t.buying} className="w-100" onRefusal={onRefusal} />
    </div>
  );
}
