import { Link } from '@/components/link';
import { wordPages } from '@/lib/words/pages';
import { getTexts } from '@/texts';
import { Mark } from './icons';

/** The footer of every page. */
export async function Footer() {
  const { frame, developers, words } = await getTexts();
  return (
    <footer className="site-footer">
      <div className="container">
        <Mark />
        <p>{frame.promise}</p>
        <nav aria-label={words.footer}>
          <ul>
            {wordPages.map((page) => (
              <li key={page}>
                <Link href={`/${page}`}>{words.titles[page]}</Link>
              </li>
            ))}
            <li>
              <Link href="/developers">{developers.title}</Link>
            </li>
          </ul>
        </nav>
      </div>
    </footer>
  );
}
