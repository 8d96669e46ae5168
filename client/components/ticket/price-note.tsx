import type { TicketBody } from '@ticketing/common/contract';
import { formatPrice } from '@/lib/format';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { fill } from '@/texts/fill';

/** What a price consists of, and the price printed on the ticket. */
export async function PriceNote({ ticket: { faceValue } }: { ticket: Pick<TicketBody, 'faceValue'> }) {
  const [{ locale }, { terms: t }] = await Promise.all([preferences(), getTexts()]);
  return (
    <p className="price-note">
      <span>{t.noFees}</span>
      {faceValue !== null && <span>{fill(t.faceValue, { price: formatPrice(faceValue, locale) })}</span>}
    </p>
  );
}
