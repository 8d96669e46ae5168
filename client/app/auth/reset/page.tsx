import type { Metadata } from 'next';
import { Reset } from '@/components/account/reset';
import { TextsProvider } from '@/components/texts';
import { getTexts } from '@/texts';

interface Props {
  searchParams: Promise<{ token?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).recovery.resetTitle, robots: { index: false } };
}

/** Where the link in the message to those who forgot their password leads. */
export default async function ResetPage({ searchParams }: Props) {
  const [{ token }, { credentials, recovery }] = await Promise.all([searchParams, getTexts()]);
  return (
    <div className="narrow">
      <TextsProvider texts={{ credentials, recovery }}>
        <Reset asked={typeof token === 'string' ? token : ''} />
      </TextsProvider>
    </div>
  );
}
