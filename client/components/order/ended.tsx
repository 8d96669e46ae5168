import type { OrderBody, TicketBody } from '@ticketing/common/contract';
import { Link } from '@/components/link';
import { TextsProvider } from '@/components/texts';
import { When } from '@/components/ticket/when';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { GetBack } from './get-back';

interface EndedProps {
  order: OrderBody;
  /** As it is now; undefined where it could not be asked. */
  ticket?: TicketBody;
}

/** A purchase that did not work out: why, that nothing was charged, and the way back to the ticket. */
export async function Ended({ order: { id, reason, ticket: held }, ticket }: EndedProps) {
  const [{ locale, timeZone }, { ended, categories }] = await Promise.all([preferences(), getTexts()]);
  return (
    <div className="ended">
      <h1>{reason ? ended.reasons[reason] : ended.cancelled}</h1>
      <p className="ended-money">{ended.notCharged}</p>
      <div className="ended-ticket">
        <p className="ended-title">{held.title}</p>
        <When happening={held} locale={locale} timeZone={timeZone} unknown={categories[held.category]} />
        <TextsProvider texts={{ ended }}>{ticket && <GetBack orderId={id} initial={ticket} />}</TextsProvider>
      </div>
      <p className="message-actions">
        <Link href={`/tickets/${held.id}`}>{ended.toTicket}</Link>
        <Link href="/">{ended.others}</Link>
      </p>
    </div>
  );
}
