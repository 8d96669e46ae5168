import type { Metadata } from 'next';
import { Link } from '@/components/link';
import { Message } from '@/components/message';
import { getTexts } from '@/texts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).problems.notFoundTitle };
}

/** A page that does not exist, or that this visitor may not see. */
export default async function NotFound() {
  const { problems } = await getTexts();
  return (
    <Message title={problems.notFoundTitle} actions={<Link href="/">{problems.notFoundAction}</Link>}>
      {problems.notFound}
    </Message>
  );
}
