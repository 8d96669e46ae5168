import { Link } from '@/components/link';
import { queryOf } from '@/lib/browse/search';
import { getTexts } from '@/texts';

interface PagerProps {
  path: string;
  /** Where this page begins; undefined on the first. */
  cursor?: string;
  /** Where the next one begins, if there is one. */
  next?: string;
}

/** The ways on from a page of a list of one's own. */
export async function Pager({ path, cursor, next }: PagerProps) {
  const { pager: t } = await getTexts();
  if (!cursor && !next) return null;
  return (
    <nav className="pager" aria-label={t.pages}>
      {cursor && (
        <Link className="btn btn-outline-primary" href={path}>
          {t.first}
        </Link>
      )}
      {next && (
        <Link className="btn btn-outline-primary" href={path + queryOf({ cursor: next })} rel="next">
          {t.older}
        </Link>
      )}
    </nav>
  );
}
