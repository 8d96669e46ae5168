import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Link } from '@/components/link';
import { Board } from '@/components/sell/board';
import { PayoutSetUp } from '@/components/sell/payout-set-up';
import { Message } from '@/components/message';
import { Pager } from '@/components/pager';
import { TextsProvider } from '@/components/texts';
import { myPayoutAccount, myPayouts, mySales } from '@/lib/api/selling';
import { myTickets, myTotals } from '@/lib/api/server';
import { asCursor } from '@/lib/api/paging';
import { requestTime, requireUser } from '@/lib/visitor';
import { getTexts } from '@/texts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).listings.title };
}

/** The visitor's listings, in any status. */
export default async function Listings({ searchParams }: { searchParams: Promise<{ cursor?: string | string[] }> }) {
  const cursor = asCursor((await searchParams).cursor);
  const [page, totals, sold, account, texts] = await Promise.all([
    myTickets(cursor),
    myTotals(),
    mySales().catch(() => undefined),
    myPayoutAccount(),
    getTexts(),
    requireUser('/listings'),
  ]);
  if (!page && cursor) redirect('/listings');
  const { items: tickets, next } = page ?? { items: [] };
  const { listings, categories, ticket, withdrawal, payouts: payoutTexts, sales } = texts;
  if (!totals || (tickets.length === 0 && !cursor))
    return (
      <Message title={listings.title} actions={<Link href="/tickets/new">{listings.emptyAction}</Link>}>
        {listings.empty}
      </Message>
    );
  const orders = tickets.flatMap(({ status, orderId }) => (status === 'sold' && orderId ? [orderId] : []));
  const payouts = await myPayouts(orders);
  return (
    <>
      <div className="page-head">
        <h1>{listings.title}</h1>
        <div className="page-actions">
          <Link href="/sales" className="btn btn-outline-primary">
            {listings.sales}
          </Link>
          <Link href="/tickets/new" className="btn btn-primary">
            {listings.another}
          </Link>
        </div>
      </div>
      <TextsProvider texts={{ listings, categories, ticket, withdrawal, payouts: payoutTexts, sales }}>
        <PayoutSetUp account={account} />
        <Board
          key={cursor}
          tickets={tickets}
          cursor={cursor}
          totals={totals}
          sales={sold?.items ?? []}
          payouts={payouts}
          now={requestTime()}
        />
      </TextsProvider>
      <Pager path="/listings" cursor={cursor} next={next} />
    </>
  );
}
