import { Link } from '@/components/link';
import { narrowings, searchPath, type Search } from '@/lib/browse/search';
import { getTexts } from '@/texts';

interface NothingProps {
  search: Search;
  /** Where to continue the search, if it has not ended. */
  next?: string;
}

/** A search without results, with links that each drop one filter. */
export async function NothingFound({ search, next }: NothingProps) {
  const { browse: t } = await getTexts();
  const set = narrowings(search);
  return (
    <section className="nothing">
      <h2>{next ? t.nothingYetTitle : search.cursor ? t.endTitle : t.nothingTitle}</h2>
      <p>{next ? t.nothingYet : search.cursor ? t.end : set.length > 1 ? t.nothing : t.nothingOne}</p>
      <ul className="widen">
        {next && (
          <li>
            <Link href={searchPath(search, { cursor: next })} rel="next">
              {t.lookOn}
            </Link>
          </li>
        )}
        {search.cursor && (
          <li>
            <Link href={searchPath(search)}>{t.toFirst}</Link>
          </li>
        )}
        {set.length > 1 &&
          set.map(({ name, without }) => (
            <li key={name}>
              <Link href={searchPath(search, without)}>{t.widen[name]}</Link>
            </li>
          ))}
        <li>
          <Link href="/">{t.all}</Link>
        </li>
      </ul>
    </section>
  );
}

/** Shown when no tickets are for sale at all. */
export async function EmptyMarket() {
  const { browse: t } = await getTexts();
  return (
    <div className="message">
      <h1>{t.emptyTitle}</h1>
      <p>{t.empty}</p>
      <div className="message-actions">
        <Link className="btn btn-primary" href="/tickets/new">
          {t.emptyAction}
        </Link>
      </div>
    </div>
  );
}
