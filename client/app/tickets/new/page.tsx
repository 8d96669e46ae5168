import type { Metadata } from 'next';
import { TicketForm } from '@/components/sell/form';
import { TextsProvider } from '@/components/texts';
import { requireUser } from '@/lib/visitor';
import { getTexts } from '@/texts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).listingForm.newTitle };
}

/** Lists a ticket. */
export default async function Sell() {
  const [{ listingForm, categories, ticket }] = await Promise.all([getTexts(), requireUser('/tickets/new')]);
  return (
    <div className="selling">
      <h1>{listingForm.newTitle}</h1>
      <TextsProvider texts={{ listingForm, categories, ticket }}>
        <TicketForm />
      </TextsProvider>
    </div>
  );
}
