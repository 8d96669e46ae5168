import type { CityBody } from '@ticketing/common/contract';
import { Link } from '@/components/link';
import { spansFrom, type Day } from '@/lib/browse/days';
import { categoryNames, searchPath, sorts, usualSort, type Reading, type Search } from '@/lib/browse/search';
import { currencySign } from '@/lib/currency';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { fill } from '@/texts/fill';
import { CategoriesRow } from './categories-row';
import { Panel } from './panel';
import { SearchForm } from '@/components/frame/search-form';

interface FinderProps extends Reading {
  /** The cities with the most tickets. */
  cities: CityBody[];
  /** Today, in the visitor's time zone. */
  today: Day;
}

interface ChoicesProps {
  choices: { label: string; change: Partial<Search>; isChosen: boolean }[];
  search: Search;
}

function Choices({ choices, search }: ChoicesProps) {
  return (
    <ul className="choices">
      {choices.map(({ label, change, isChosen }) => (
        <li key={label}>
          <Link href={searchPath(search, change)} scroll={false} aria-current={isChosen || undefined}>
            {label}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** The categories, each linking to the search within it. */
async function Categories({ search }: { search: Search }) {
  const { browse } = await getTexts();
  const all = [undefined, ...categoryNames];
  return (
    <CategoriesRow label={browse.category} chosen={search.category ?? ''}>
      {all.map((category) => (
        <Link
          key={category ?? ''}
          href={searchPath(search, { category })}
          scroll={false}
          className={category === search.category ? 'pill pill-chosen' : 'pill'}
          aria-current={category === search.category || undefined}
        >
          {category ? browse.categories[category] : browse.allCategories}
        </Link>
      ))}
    </CategoriesRow>
  );
}

/** An input's initial text: as parsed, or as typed. */
const shown = ({ search, wrong }: Reading, field: 'from' | 'to' | 'minPrice' | 'maxPrice') =>
  wrong[field] ?? search[field];

/**
 * The list's filters: category, dates, price, and sort order. Everything is kept in the URL and works without scripts.
 */
export async function Finder({ search, wrong, today, cities }: FinderProps) {
  const [{ browse: t }, { locale }] = await Promise.all([getTexts(), preferences()]);
  const sign = { sign: currencySign(locale) };
  const { city, from, to, minPrice, maxPrice, sort = usualSort } = search;
  const spans = Object.entries(spansFrom(today)) as [keyof typeof t.spans, { from: Day; to: Day }][];
  const input = (field: 'from' | 'to' | 'minPrice' | 'maxPrice') => ({
    name: field,
    className: wrong[field] ? 'form-control is-invalid' : 'form-control',
    defaultValue: shown({ search, wrong }, field),
    'aria-invalid': wrong[field] ? (true as const) : undefined,
  });
  return (
    <div className="finder">
      <Categories search={search} />
      <SearchForm label={t.chosen} className="panels">
        {search.q && <input type="hidden" name="q" value={search.q} />}
        {search.category && <input type="hidden" name="category" value={search.category} />}
        {city && <input type="hidden" name="city" value={city} />}
        {search.sort && <input type="hidden" name="sort" value={search.sort} />}
        {cities.length > 0 && (
          <Panel label={city ?? t.city} isSet={city !== undefined}>
            <Choices
              search={search}
              choices={[
                { label: t.anyCity, change: { city: undefined }, isChosen: city === undefined },
                ...cities.map(({ city: name }) => ({ label: name, change: { city: name }, isChosen: name === city })),
              ]}
            />
          </Panel>
        )}
        <Panel label={t.days} isSet={Boolean(from ?? to)}>
          <Choices
            search={search}
            choices={spans.map(([name, days]) => ({
              label: t.spans[name],
              change: days,
              isChosen: days.from === from && days.to === to,
            }))}
          />
          <div className="pair">
            <label>
              {t.from} <input type="date" min={today} {...input('from')} />
            </label>
            <label>
              {t.to} <input type="date" min={today} {...input('to')} />
            </label>
          </div>
          <button className="btn btn-primary w-100">{t.apply}</button>
        </Panel>
        <Panel label={t.price} isSet={minPrice !== undefined || maxPrice !== undefined}>
          <div className="pair">
            <label>
              {fill(t.minPrice, sign)} <input inputMode="decimal" autoComplete="off" {...input('minPrice')} />
            </label>
            <label>
              {fill(t.maxPrice, sign)} <input inputMode="decimal" autoComplete="off" {...input('maxPrice')} />
            </label>
          </div>
          <button className="btn btn-primary w-100">{t.apply}</button>
        </Panel>
        <Panel label={t.sorts[sort]} name={`${t.sort}: ${t.sorts[sort]}`} isSet={false}>
          <Choices
            search={search}
            choices={sorts.map((name) => ({ label: t.sorts[name], change: { sort: name }, isChosen: name === sort }))}
          />
        </Panel>
      </SearchForm>
    </div>
  );
}
