import { Link } from '@/components/link';
import { queryOf } from '@/lib/browse/search';
import { getTexts } from '@/texts';

interface PagerProps {
  path: string;
  /** Cursor of this page; undefined on the first. */
  cursor?: string;
  /** Cursor of the next page, if any. */
  next?: string;
}

/** Pagination of the visitor's own lists. */
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
