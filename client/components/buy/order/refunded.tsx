import type { OrderBody } from '@ticketing/common/contract';
import { Link } from '@/components/link';
import { Cover } from '@/components/ticket/cover';
import { When } from '@/components/ticket/when';
import { moneyFrom, refundReasonOf } from '@/lib/buy/after-sale';
import { formatPrice } from '@/lib/format';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { fill } from '@/texts/fill';
import { ClaimProgress } from './claim-progress';

/** A purchase that was undone: why, where the money is, and what its buyer reported, if they did. */
export async function Refunded({ order }: { order: OrderBody }) {
  const [{ locale, timeZone }, { refunded: t, ended, categories }] = await Promise.all([preferences(), getTexts()]);
  const { ticket } = order;
  return (
    <div className="ended">
      <h1>{t.reasons[refundReasonOf(order)]}</h1>
      <p className="ended-money">
        {fill(t.money[moneyFrom(order) ?? 'us'], { price: formatPrice(ticket.price, locale) })}
      </p>
      <div className="ended-ticket">
        <Cover category={ticket.category} id={ticket.id} className="ended-cover" />
        <div className="ended-face">
          <p className="ended-title" dir="auto">
            {ticket.title}
          </p>
          <When details={ticket} locale={locale} timeZone={timeZone} unknown={categories[ticket.category]} />
          <p>{t.void}</p>
        </div>
      </div>
      {order.claim && <ClaimProgress claim={order.claim} />}
      <p className="message-actions">
        <Link href="/orders">{t.allOrders}</Link>
        <Link href="/">{ended.others}</Link>
      </p>
    </div>
  );
}
