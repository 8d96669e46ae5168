import type { Metadata } from 'next';
import { FollowLink } from '@/components/account/follow-link';
import { TextsProvider } from '@/components/texts';
import { getTexts } from '@/texts';

interface Props {
  searchParams: Promise<{ token?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).undo.title, robots: { index: false } };
}

/** Where the link in the message to a former address leads. */
export default async function UndoPage({ searchParams }: Props) {
  const [{ token }, { undo }] = await Promise.all([searchParams, getTexts()]);
  return (
    <div className="narrow">
      <TextsProvider texts={{ undo }}>
        <FollowLink
          kind="undo"
          asked={typeof token === 'string' ? token : ''}
          next="/auth/forgot"
          otherwise="/contact"
        />
      </TextsProvider>
    </div>
  );
}
