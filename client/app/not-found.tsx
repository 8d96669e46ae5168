import type { Metadata } from 'next';
import { Link } from '@/components/link';
import { Message } from '@/components/message';
import { getTexts } from '@/texts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).problems.notFoundTitle };
}

/** What is not there, or not this visitor's to see. */
export default async function NotFound() {
  const { problems } = await getTexts();
  return (
    <Message title={problems.notFoundTitle} actions={<Link href="/">{problems.notFoundAction}</Link>}>
      {problems.notFound}
    </Message>
  );
}
