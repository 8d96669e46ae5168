import type { Metadata } from 'next';
import { Link } from '@/components/link';
import { Message } from '@/components/message';

export const metadata: Metadata = { title: 'Not found' };

/** What is not there, or not this visitor's to see. */
export default function NotFound() {
  return (
    <Message title="We could not find that" actions={<Link href="/">See the tickets for sale</Link>}>
      The page does not exist, or it belongs to another account.
    </Message>
  );
}
