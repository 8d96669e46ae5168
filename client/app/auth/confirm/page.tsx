import type { Metadata } from 'next';
import { FollowLink } from '@/components/account/follow-link';
import { TextsProvider } from '@/components/texts';
import { getTexts } from '@/texts';

interface Props {
  searchParams: Promise<{ token?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).confirm.title, robots: { index: false } };
}

/** Where the link in the message to a new address leads. */
export default async function ConfirmPage({ searchParams }: Props) {
  const [{ token }, { confirm }] = await Promise.all([searchParams, getTexts()]);
  return (
    <div className="narrow">
      <TextsProvider texts={{ confirm }}>
        <FollowLink
          kind="confirm"
          asked={typeof token === 'string' ? token : ''}
          next="/account"
          otherwise="/account"
        />
      </TextsProvider>
    </div>
  );
}
