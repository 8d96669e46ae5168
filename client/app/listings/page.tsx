import type { Metadata } from 'next';
import { Link } from '@/components/link';
import { Board } from '@/components/listing/board';
import { Message } from '@/components/message';
import { TextsProvider } from '@/components/texts';
import { myListings } from '@/lib/api';
import { requireUser } from '@/lib/visitor';
import { getTexts } from '@/texts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).listings.title };
}

/** What the visitor sells, in any state. */
export default async function Listings() {
  const [own, texts] = await Promise.all([myListings(), getTexts(), requireUser('/listings')]);
  const { listings, categories, withdrawal } = texts;
  if (!own || own.tickets.length === 0)
    return (
      <Message title={listings.title} actions={<Link href="/tickets/new">{listings.emptyAction}</Link>}>
        {listings.empty}
      </Message>
    );
  return (
    <>
      <div className="page-head">
        <h1>{listings.title}</h1>
        <Link href="/tickets/new" className="btn btn-primary">
          {listings.another}
        </Link>
      </div>
      <TextsProvider texts={{ listings, categories, withdrawal }}>
        <Board {...own} now={Date.now()} />
      </TextsProvider>
    </>
  );
}
