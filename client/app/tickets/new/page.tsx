import type { Metadata } from 'next';
import { NewListing } from '@/components/sell/new';
import { TextsProvider } from '@/components/texts';
import { myPayoutAccount } from '@/lib/api/selling';
import { marketSettings } from '@/lib/words/config';
import { preferences, requireUser } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { countOf, fill } from '@/texts/fill';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).listingForm.newTitle };
}

/** Lists a ticket. */
export default async function Sell() {
  const [{ listingForm, categories, ticket, handing }, { locale }, account] = await Promise.all([
    getTexts(),
    preferences(),
    myPayoutAccount(),
    requireUser('/tickets/new'),
  ]);
  const hours = countOf(handing.hours, marketSettings().DELIVERY_HOURS, locale);
  const laterHint = fill(handing.laterHint, { hours });
  return (
    <div className="selling">
      <h1>{listingForm.newTitle}</h1>
      <TextsProvider texts={{ listingForm, categories, ticket, handing: { ...handing, laterHint } }}>
        <NewListing feePercent={account?.feePercent} />
      </TextsProvider>
    </div>
  );
}
