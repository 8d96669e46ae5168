import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Link } from '@/components/link';
import { Pager } from '@/components/pager';
import { PayoutSetUp } from '@/components/sell/payout-set-up';
import { AccountFacts } from '@/components/sell/sales/account-facts';
import { FollowSales } from '@/components/sell/sales/follow';
import { Sale } from '@/components/sell/sales/sale';
import { Sums } from '@/components/sell/sales/sums';
import { TextsProvider } from '@/components/texts';
import { asCursor } from '@/lib/api/paging';
import { myPayoutAccount, myPayouts, mySales } from '@/lib/api/selling';
import { isMoving, moneyOfSale } from '@/lib/sell/payouts';
import { requestTime, requireUser } from '@/lib/visitor';
import { getTexts } from '@/texts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).sales.title };
}

/** The visitor's sales, and what becomes of their money. */
export default async function Sales({ searchParams }: { searchParams: Promise<{ cursor?: string | string[] }> }) {
  const cursor = asCursor((await searchParams).cursor);
  const [page, account, texts] = await Promise.all([
    mySales(cursor),
    myPayoutAccount(),
    getTexts(),
    requireUser('/sales'),
  ]);
  if (!page && cursor) redirect('/sales');
  const { sales: t, payouts: payoutTexts } = texts;
  const { items, next } = page ?? { items: [] };
  const payouts = await myPayouts(items.map(({ id }) => id));
  const sales = items.map((sale) => {
    const payout = payouts[sale.id];
    return { sale, payout, money: moneyOfSale(sale, payout, requestTime()) };
  });
  return (
    <TextsProvider texts={{ sales: t, payouts: payoutTexts }}>
      <FollowSales
        seen={{ sales: items.map(({ id, version }) => ({ id, version })), payouts }}
        cursor={cursor}
        isMoving={sales.some(({ money }) => isMoving(money))}
      />
      <div className="page-head">
        <h1>{t.title}</h1>
        {items.length > 0 && (
          <a href="/sales/export.csv" className="btn btn-outline-primary" download>
            {t.export}
          </a>
        )}
      </div>
      <PayoutSetUp account={account} saysReady />
      {account && <AccountFacts account={account} />}
      {account && items.length > 0 && <Sums account={account} />}
      {!account && <p className="alert alert-warning">{t.unavailable}</p>}
      {sales.length === 0 && (
        <p>
          {t.empty} <Link href="/listings">{t.emptyAction}</Link>
        </p>
      )}
      <ul className="rows sales">
        {sales.map(({ sale, payout, money }) => (
          <Sale key={sale.id} sale={sale} payout={payout} money={money} />
        ))}
      </ul>
      <Pager path="/sales" cursor={cursor} next={next} />
    </TextsProvider>
  );
}
