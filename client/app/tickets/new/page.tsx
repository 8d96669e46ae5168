import type { Metadata } from 'next';
import { NewListing } from '@/components/sell/new';
import { TextsProvider } from '@/components/texts';
import { myPayoutAccount } from '@/lib/api/selling';
import { requireUser } from '@/lib/visitor';
import { getTexts } from '@/texts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).listingForm.newTitle };
}

/** Lists a ticket. */
export default async function Sell() {
  const [{ listingForm, categories, ticket, handover }, account] = await Promise.all([
    getTexts(),
    myPayoutAccount(),
    requireUser('/tickets/new'),
  ]);
  return (
    <div className="selling">
      <h1>{listingForm.newTitle}</h1>
      <TextsProvider texts={{ listingForm, categories, ticket, handover }}>
        <NewListing feePercent={account?.feePercent} />
      </TextsProvider>
    </div>
  );
}
