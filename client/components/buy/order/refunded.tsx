import type { OrderBody } from '@ticketing/common/contract';
import { Link } from '@/components/link';
import { moneyFrom, refundReasonOf } from '@/lib/buy/after-sale';
import { formatPrice } from '@/lib/format';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { fill } from '@/texts/fill';
import { ClaimProgress } from './claim-progress';
import { EndedTicket } from './ended-ticket';

/** A refunded purchase: why, where the money is, and what the buyer reported, if anything. */
export async function Refunded({ order }: { order: OrderBody }) {
  const [{ locale }, { refunded: t, ended, receipt, words }] = await Promise.all([preferences(), getTexts()]);
  const { ticket } = order;
  return (
    <div className="ended">
      <h1>{t.reasons[refundReasonOf(order)]}</h1>
      <p className="ended-money">
        {fill(t.money[moneyFrom(order) ?? 'us'], { price: formatPrice(ticket.price, locale) })}
      </p>
      <EndedTicket ticket={ticket}>
        <p>{t.void}</p>
      </EndedTicket>
      {order.claim && <ClaimProgress claim={order.claim} />}
      <p className="form-text">
        {receipt.order} <code>{order.id}</code>
      </p>
      <p className="message-actions">
        <Link href="/orders">{t.allOrders}</Link>
        <Link href={`/contact?order=${order.id}`}>{words.contactUs}</Link>
        <Link href="/">{ended.others}</Link>
      </p>
    </div>
  );
}
