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
  /** The button's text, and the one shown while the ticket is being held. */
  label: string;
  busy: string;
  className?: string;
  /** Whether this page only leads to the order: going back from there skips it. */
  isPassing?: boolean;
  /** Called with the API's refusal; returns whether it handled it, so that the form does not show it. */
  onRefusal?: (error: unknown) => boolean;
  /** Called when the buyer wants to see the changes first. */
  onForget?: () => void;
}

/** Holds a ticket and continues to its order. If the seller has changed it meanwhile, asks the buyer first. */
export function PlaceOrder({
  ticket,
  label,
  busy,
  className = '',
  isPassing = false,
  onRefusal,
  onForget,
}: PlaceOrderProps) {
  const t = useTexts('listingChanged');
  const { locale } = useReader();
  const { place, changed, forget } = usePlaceOrder(ticket.id, isPassing);
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
