import { Link } from '@/components/link';
import { formatDays } from '@/lib/browse/days';
import { formatPrice } from '@/lib/format';
import { fields, narrowings, searchPath, type Narrowing, type Reading, type Search } from '@/lib/browse/search';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import type { Texts } from '@/texts/types';
import { fill } from '@/texts/fill';

/** Labels of the search's filters, by name. */
export function wordsFor(search: Search, t: Texts['browse'], locale: string): Record<Narrowing, string> {
  const { q = '', category, city = '', from, to, minPrice, maxPrice } = search;
  const price = (value?: number) => (value === undefined ? '' : formatPrice(value, locale));
  const open = (first: unknown, last: unknown, texts: { from: string; to: string; both: string }) =>
    first === undefined ? texts.to : last === undefined ? texts.from : texts.both;
  return {
    q: fill(t.quoted, { words: q }),
    category: category ? t.categories[category] : '',
    city,
    days: from || to ? fill(open(from, to, t.daysChosen), { days: formatDays({ from, to }, locale) }) : '',
    price: fill(open(minPrice, maxPrice, t.priceChosen), { min: price(minPrice), max: price(maxPrice) }),
  };
}

/** The search's filters, each with a remove link. */
export async function Chosen({ search }: { search: Search }) {
  const [{ browse: t }, { locale }] = await Promise.all([getTexts(), preferences()]);
  const set = narrowings(search);
  if (set.length === 0) return null;
  const words = wordsFor(search, t, locale);
  return (
    <ul className="chips" aria-label={t.chosen}>
      {set.map(({ name, without }) => (
        <li key={name}>
          <Link
            className="chip"
            href={searchPath(search, without)}
            scroll={false}
            aria-label={fill(t.remove, { what: words[name] })}
          >
            {words[name]}
          </Link>
        </li>
      ))}
      {set.length > 1 && (
        <li>
          <Link className="chip-all" href={searchPath({ sort: search.sort })} scroll={false}>
            {t.clear}
          </Link>
        </li>
      )}
    </ul>
  );
}

/** Invalid search parameters that were ignored. */
export async function Misread({ wrong, isPageGone }: { wrong: Reading['wrong']; isPageGone: boolean }) {
  const { browse: t } = await getTexts();
  const named = fields.filter((field) => wrong[field] !== undefined);
  if (named.length === 0 && !isPageGone) return null;
  return (
    <div className="alert alert-warning" role="alert">
      {named.map((field) => (
        <p key={field} className="mb-0">
          {fill(t.wrong[field], { typed: wrong[field] ?? '' })}
        </p>
      ))}
      {isPageGone && <p className="mb-0">{t.pageGone}</p>}
    </div>
  );
}
