import type { Metadata } from 'next';
import { FollowLink } from '@/components/account/follow-link';
import { TextsProvider } from '@/components/texts';
import { getTexts } from '@/texts';

interface Props {
  searchParams: Promise<{ token?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).unsubscribing.title, robots: { index: false } };
}

/** The page that the unsubscribe link of an optional message opens. */
export default async function UnsubscribePage({ searchParams }: Props) {
  const [{ token }, { unsubscribing }] = await Promise.all([searchParams, getTexts()]);
  return (
    <div className="narrow">
      <TextsProvider texts={{ unsubscribing }}>
        <FollowLink
          kind="unsubscribing"
          asked={typeof token === 'string' ? token : ''}
          next="/account"
          otherwise="/account"
        />
      </TextsProvider>
    </div>
  );
}
