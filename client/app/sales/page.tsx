import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Link } from '@/components/link';
import { Message } from '@/components/message';
import { Pager } from '@/components/pager';
import { PayoutSetUp } from '@/components/sell/payout-set-up';
import { Sale } from '@/components/sell/sales/sale';
import { Sums } from '@/components/sell/sales/sums';
import { TextsProvider } from '@/components/texts';
import { asCursor } from '@/lib/api/paging';
import { myPayoutAccount, myPayouts, mySales } from '@/lib/api/selling';
import { requireUser } from '@/lib/visitor';
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
  if (items.length === 0 && !cursor)
    return (
      <Message title={t.title} actions={<Link href="/listings">{t.emptyAction}</Link>}>
        {t.empty}
      </Message>
    );
  const payouts = await myPayouts(items.map(({ id }) => id));
  return (
    <>
      <div className="page-head">
        <h1>{t.title}</h1>
        <a href="/sales/export.csv" className="btn btn-outline-primary" download>
          {t.export}
        </a>
      </div>
      {account ? <Sums account={account} /> : <p className="alert alert-warning">{t.unavailable}</p>}
      <TextsProvider texts={{ sales: t, payouts: payoutTexts }}>
        <PayoutSetUp account={account} />
        <ul className="rows sales">
          {items.map((sale) => (
            <Sale key={sale.id} sale={sale} payout={payouts[sale.id]} />
          ))}
        </ul>
      </TextsProvider>
      <Pager path="/sales" cursor={cursor} next={next} />
    </>
  );
}
