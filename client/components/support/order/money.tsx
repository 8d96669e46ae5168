import type { SupportPaymentBody } from '@ticketing/common/contract';
import { formatPrice } from '@/lib/format';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { ExactTime } from '../exact-time';
import { kindOf } from '../messages';
import { Facts } from '../part';

/** A payment, its payout and its ledger. */
export async function Money({ payment }: { payment: SupportPaymentBody }) {
  const [{ locale }, { support }] = await Promise.all([preferences(), getTexts()]);
  const { money: t } = support;
  const { payout } = payment;
  const sum = (amount: number | null) => (amount ? formatPrice(amount, locale) : null);
  const time = (iso: string | null) => iso && <ExactTime iso={iso} />;
  const code = (text: string | null) => text && <code>{text}</code>;
  return (
    <>
      <Facts
        facts={[
          [t.status, t.statuses[payment.status]],
          [t.amount, formatPrice(payment.amount, locale)],
          [t.received, sum(payment.received)],
          [t.refunded, sum(payment.refunded)],
          [t.disputed, sum(payment.disputed)],
          [t.dispute, code(payment.dispute)],
          [t.declined, code(payment.declined)],
          [t.fee, sum(payment.fee)],
          [t.stripeId, code(payment.stripeId)],
          [t.attempt, payment.attempt],
          [t.payout, payoutWords(t, payment)],
          [t.payoutAmount, sum(payout.amount)],
          [t.refusal, code(payout.refusal)],
          [t.transferId, code(payout.transferId)],
          [t.paidAt, time(payout.paidAt)],
          [t.frozenAt, time(payout.frozenAt)],
          [t.sellerFrozenAt, time(payout.sellerFrozenAt)],
        ]}
      />
      <Ledger ledger={payment.ledger} />
    </>
  );
}

const payoutWords = (t: MoneyTexts, { payout: { status, wait } }: SupportPaymentBody) =>
  wait ? `${t.payoutStatuses[status]} ${t.waits[wait]}` : t.payoutStatuses[status];

type MoneyTexts = Awaited<ReturnType<typeof getTexts>>['support']['money'];

/** What was booked: each entry sums to zero. */
async function Ledger({ ledger }: Pick<SupportPaymentBody, 'ledger'>) {
  const [{ locale }, { support }] = await Promise.all([preferences(), getTexts()]);
  const { money: t } = support;
  if (ledger.length === 0) return <p className="form-text">{t.noLedger}</p>;
  return (
    <table className="desk-table">
      <caption>{t.ledger}</caption>
      <thead>
        <tr>
          <th scope="col">{t.time}</th>
          <th scope="col">{t.account}</th>
          <th scope="col" className="desk-sum">
            {t.amount}
          </th>
        </tr>
      </thead>
      {ledger.map(({ at, lines }, index) => (
        // Entries are only ever added.
        <tbody key={index}>
          {lines.map(({ account, amount }, line) => (
            <tr key={line}>
              <td>{line === 0 && (at ? <ExactTime iso={at} /> : '–')}</td>
              <td>{kindOf(account, t.accounts)}</td>
              <td className="desk-sum">{formatPrice(amount, locale)}</td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}
