import type { PayoutBody, SaleBody } from '@ticketing/common/contract';
import { Link } from '@/components/link';
import { RowFace } from '@/components/ticket/row-face';
import { seatOf } from '@/components/ticket/when';
import { formatPrice } from '@/lib/format';
import { canRefund, toneOf, type SaleMoney } from '@/lib/sell/payouts';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { TimedText } from '@/components/local-time';
import { AnswerOver, Claim } from './claim';
import { MoneyWords } from './money';
import { Refund } from './refund';
import { saleId } from './sale-id';

/** What the seller gets from a sale, and what is deducted; only the price if payments did not respond. */
async function Amounts({ price, payout }: { price: number; payout?: PayoutBody }) {
  const [{ locale }, { sales: t }] = await Promise.all([preferences(), getTexts()]);
  const lines = [
    [t.price, price],
    ...(payout ? [[t.fee, -payout.fee] as const] : []),
    ...(payout && payout.settled > 0 ? [[t.settled, -payout.settled] as const] : []),
    ...(payout ? [[t.amount, payout.amount] as const] : []),
  ] as const;
  return (
    <dl className="amounts">
      {lines.map(([name, amount]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{formatPrice(amount, locale)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A sale: what was sold, the status of its money and why, and what its seller can do about it. */
export async function Sale({ sale, payout, money }: { sale: SaleBody; payout?: PayoutBody; money: SaleMoney }) {
  const [{ locale, timeZone }, { sales: t, categories, ticket: seats }] = await Promise.all([
    preferences(),
    getTexts(),
  ]);
  const { id, ticket, claim, completedAt } = sale;
  const isOver = money.is === 'refunded';
  return (
    <li className="sale" id={saleId(id)} tabIndex={-1}>
      <Link href={`/tickets/${ticket.id}/edit`} className="listing-link">
        <RowFace ticket={ticket} locale={locale} timeZone={timeZone} categories={categories} seats={seats} />
      </Link>
      <div className="sale-money">
        <p className={`tag tag-${toneOf(money)}`}>{t.states[money.is]}</p>
        <p>
          <MoneyWords money={money} />
        </p>
        <p className="form-text">
          <TimedText text={t.soldAt} iso={completedAt} />
        </p>
      </div>
      <Amounts price={ticket.price} payout={isOver ? undefined : payout} />
      {claim && (isOver ? <AnswerOver orderId={id} /> : <Claim orderId={id} claim={claim} />)}
      {canRefund(sale) && !isOver && (
        <div className="sale-actions">
          {money.is === 'handover' && (
            <Link href={`/tickets/${ticket.id}/edit`} className="btn btn-primary">
              {t.handOver}
            </Link>
          )}
          <Refund
            orderId={id}
            title={[ticket.title, seatOf(ticket, seats)].filter(Boolean).join(', ')}
            price={ticket.price}
          />
        </div>
      )}
    </li>
  );
}
