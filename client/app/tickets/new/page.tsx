import type { Metadata } from 'next';
import { NewListing } from '@/components/sell/new';
import { TextsProvider } from '@/components/texts';
import { findTicket } from '@/lib/api/server';
import { myPayoutAccount } from '@/lib/api/selling';
import { marketSettings } from '@/lib/words/config';
import { preferences, requireUser } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { countOf, fill } from '@/texts/fill';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).listingForm.newTitle };
}

/** Lists a ticket; one more of the same event if `like` names one of the visitor's own. */
export default async function Sell({ searchParams }: { searchParams: Promise<{ like?: string | string[] }> }) {
  const { like } = await searchParams;
  const [{ listingForm, categories, ticket, handing }, { locale }, account, user, other] = await Promise.all([
    getTexts(),
    preferences(),
    myPayoutAccount(),
    requireUser('/tickets/new'),
    typeof like === 'string' ? findTicket(like).catch(() => undefined) : undefined,
  ]);
  const hours = countOf(handing.hours, marketSettings().DELIVERY_HOURS, locale);
  const laterHint = fill(handing.laterHint, { hours });
  return (
    <div className="selling">
      <h1>{listingForm.newTitle}</h1>
      <TextsProvider texts={{ listingForm, categories, ticket, handing: { ...handing, laterHint } }}>
        <NewListing like={other?.userId === user.id ? other : undefined} feePercent={account?.feePercent} />
      </TextsProvider>
    </div>
  );
}
