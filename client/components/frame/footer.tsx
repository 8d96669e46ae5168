import { Link } from '@/components/link';
import { getTexts } from '@/texts';
import { Mark } from './icons';

/** The footer of every page. */
export async function Footer() {
  const { frame, developers } = await getTexts();
  return (
    <footer className="site-footer">
      <div className="container">
        <Mark />
        <p>{frame.promise}</p>
        <Link href="/developers">{developers.title}</Link>
      </div>
    </footer>
  );
}
