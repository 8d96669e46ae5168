import type { OrderBody } from '@ticketing/common/contract';
import { LocalTime } from '@/components/local-time';
import { formatPrice } from '@/lib/format';
import { placedAt } from '@/lib/buy/purchase';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';

/** What was paid, by whom and for what. */
export async function Receipt({ order, buyer }: { order: OrderBody; buyer: string }) {
  const [{ locale }, { receipt: t }] = await Promise.all([preferences(), getTexts()]);
  const lines = [
    [t.order, <code key="id">{order.id}</code>],
    [t.placed, <LocalTime key="at" iso={new Date(placedAt(order)).toISOString()} hasYear />],
    [t.buyer, buyer],
    [t.ticket, <bdi key="title">{order.ticket.title}</bdi>],
  ] as const;
  return (
    <section className="receipt" aria-labelledby="receipt-title">
      <h2 id="receipt-title">{t.title}</h2>
      <dl>
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div className="receipt-total">
          <dt>{t.paid}</dt>
          <dd>{formatPrice(order.ticket.price, locale)}</dd>
        </div>
      </dl>
    </section>
  );
}
