import type { TicketBody } from '@ticketing/common/contract';
import { Link } from '@/components/link';
import { formatPrice } from '@/lib/format';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { Cover } from './cover';
import { placeOf, When } from './when';

/** A ticket for sale, as a stub that opens it. */
export async function TicketCard({ ticket }: { ticket: TicketBody }) {
  const [{ locale, timeZone }, texts] = await Promise.all([preferences(), getTexts()]);
  const { id, category = 'other', title, price } = ticket;
  return (
    <Link href={`/tickets/${id}`} className="stub">
      <Cover category={category} id={id} className="stub-cover" />
      <span className="stub-face">
        <When happening={ticket} locale={locale} timeZone={timeZone} unknown={texts.categories[category]} />
        <span className="stub-title">{title}</span>
        <span className="stub-place">{placeOf(ticket)}</span>
      </span>
      <span className="stub-price">{formatPrice(price, locale)}</span>
    </Link>
  );
}
