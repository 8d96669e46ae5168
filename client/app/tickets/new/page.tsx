import type { Metadata } from 'next';
import { NewListing } from '@/components/sell/new';
import { Link } from '@/components/link';
import { Message } from '@/components/message';
import { TextsProvider } from '@/components/texts';
import { findTicket, myAccount } from '@/lib/api/server';
import { myPayoutAccount } from '@/lib/api/selling';
import { queryOf } from '@/lib/browse/search';
import { marketSettings } from '@/lib/words/config';
import { preferences, requireUser } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { countOf, fill } from '@/texts/fill';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).listingForm.newTitle };
}

/** Lists a ticket; one more of the same event if `like` names one of the visitor's own. */
export default async function Sell({ searchParams }: { searchParams: Promise<{ like?: string | string[] }> }) {
  const { like: asked } = await searchParams;
  const like = typeof asked === 'string' ? asked : undefined;
  const [texts, { locale }, account, user, own, other] = await Promise.all([
    getTexts(),
    preferences(),
    myPayoutAccount(),
    requireUser(`/tickets/new${queryOf({ like })}`),
    myAccount().catch(() => undefined),
    like ? findTicket(like).catch(() => undefined) : undefined,
  ]);
  const { listingForm, categories, ticket, handing, leaving, api } = texts;
  if (own?.leavingAt)
    return (
      <Message title={leaving.leaving} actions={<Link href="/account#delete">{leaving.keep}</Link>}>
        {api['account-leaving']}
      </Message>
    );
  const hours = countOf(handing.hours, marketSettings().DELIVERY_HOURS, locale);
  const laterHint = fill(handing.laterHint, { hours });
  return (
    <div className="selling">
      <h1>{listingForm.newTitle}</h1>
      <TextsProvider texts={{ listingForm, categories, ticket, handing: { ...handing, laterHint } }}>
        <NewListing key={like} like={other?.userId === user.id ? other : undefined} feePercent={account?.feePercent} />
      </TextsProvider>
    </div>
  );
}
