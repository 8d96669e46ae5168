'use client';
import { Dialog, Form, Submit } from '@/components/form';
import { useReader, useTexts } from '@/components/texts';
import { formatPrice } from '@/lib/format';
import { seenOf, type SeenListing } from '@/lib/buy/seen-listing';
import { fill } from '@/texts/fill';
import { usePlaceOrder } from './use-place-order';

interface PlaceOrderProps {
  /** As the buyer sees it. */
  ticket: SeenListing & { id: string };
  /** The button's words, and those while the ticket is being held. */
  label: string;
  busy: string;
  className?: string;
  /** Told what the API refuses; tells whether that is all, so that the form need not say it. */
  onRefusal?: (error: unknown) => boolean;
  /** Told that the buyer wants to look at what has changed first. */
  onForget?: () => void;
}

/** Holds a ticket and goes on to its order. Where its seller has changed it meanwhile, the buyer is asked first. */
export function PlaceOrder({ ticket, label, busy, className = '', onRefusal, onForget }: PlaceOrderProps) {
  const t = useTexts('listingChanged');
  const { locale } = useReader();
  const { place, changed, forget } = usePlaceOrder(ticket.id);
  const look = () => {
    onForget?.();
    forget();
  };
  const price = (value: number) => formatPrice(value, locale);
  const send = (seen: SeenListing) =>
    place(seen).catch((error: unknown) => {
      if (!onRefusal?.(error)) throw error;
    });
  const isOtherPrice = changed && changed.price !== ticket.price;
  return (
    <>
      <Form send={() => send(seenOf(ticket))}>
        <Submit busy={busy} className={`btn btn-primary btn-lg ${className}`}>
          {label}
        </Submit>
      </Form>
      <Dialog title={isOtherPrice ? t.priceTitle : t.title} isOpen={changed !== undefined} onClose={look}>
        {changed && (
          <>
            <p>{fill(isOtherPrice ? t.price : t.other, { before: price(ticket.price), now: price(changed.price) })}</p>
            <Form send={() => send(changed)} className="dialog-actions">
              <Submit busy={busy} className="btn btn-primary">
                {fill(t.hold, { now: price(changed.price) })}
              </Submit>
              <button type="button" className="btn btn-outline-primary" onClick={look}>
                {t.look}
              </button>
            </Form>
          </>
        )}
      </Dialog>
    </>
  );
}
