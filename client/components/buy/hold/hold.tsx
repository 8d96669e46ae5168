'use client';
import { useRouter } from 'next/navigation';
import { startTransition, useEffect, useRef, useState } from 'react';
import { useTexts } from '@/components/texts';
import { statusOf } from '@/lib/api/errors';
import type { SeenListing } from '@/lib/buy/seen-listing';
import { takeWish } from '@/lib/buy/wish';
import { PlaceOrder } from './place-order';

/** Holds a ticket: automatically if the visitor asked for it, as they saw it, before signing in; otherwise on a tap. */
export function Hold({ ticket }: { ticket: SeenListing & { id: string } }) {
  const t = useTexts('hold');
  const router = useRouter();
  const frame = useRef<HTMLDivElement>(null);
  const [wished, setWished] = useState<SeenListing>();
  useEffect(() => {
    const seen = takeWish(ticket.id);
    if (seen) startTransition(() => setWished(seen));
  }, [ticket.id]);
  useEffect(() => {
    if (wished) frame.current?.querySelector('form')?.requestSubmit();
  }, [wished]);
  function onRefusal(error: unknown) {
    // Without a response the next page would not load either.
    if (statusOf(error) !== undefined) router.refresh();
    return false;
  }
  return (
    <div ref={frame}>
      <PlaceOrder
        ticket={{ ...ticket, ...wished }}
        label={t.buy}
        busy={t.buying}
        className="w-100"
        isPassing
        onRefusal={onRefusal}
        onForget={() => {
          setWished(undefined);
        }}
      />
    </div>
  );
}
