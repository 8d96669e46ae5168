import type { SellerBody } from '@ticketing/common/contract';
import { formatPrice } from '@/lib/format';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';

/** A seller's money: waiting, on the way, paid, and what they owe, if anything. */
export async function Sums({ account }: { account: SellerBody }) {
  const [{ locale }, { sales: t }] = await Promise.all([preferences(), getTexts()]);
  const sums = [
    ['waiting', account.waiting],
    ['onTheWay', account.onTheWay],
    ['paid', account.paid],
    ...(account.debt > 0 ? ([['debt', account.debt]] as const) : []),
  ] as const;
  return (
    <>
      <dl className="totals totals-money">
        {sums.map(([name, sum]) => (
          <div key={name} className={name === 'paid' && sum > 0 ? 'total total-earned' : 'total'}>
            <dt>{t.sums[name]}</dt>
            <dd>
              <strong>{formatPrice(sum, locale)}</strong>
            </dd>
          </div>
        ))}
      </dl>
      {account.debt > 0 && <p className="form-text">{t.debtHint}</p>}
    </>
  );
}
