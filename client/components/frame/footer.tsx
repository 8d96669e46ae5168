import { getTexts } from '@/texts';
import { Mark } from './icons';

/** The foot of every page. */
export async function Footer() {
  const { frame } = await getTexts();
  return (
    <footer className="site-footer">
      <div className="container">
        <Mark />
        <p>{frame.promise}</p>
      </div>
    </footer>
  );
}
