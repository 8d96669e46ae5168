import type { Metadata } from 'next';
import { Chosen, Misread, wordsFor } from '@/components/browse/chosen';
import { Finder } from '@/components/browse/finder';
import { EmptyMarket, NothingFound } from '@/components/browse/nothing';
import { Link } from '@/components/link';
import { TextsProvider } from '@/components/texts';
import { TicketCard } from '@/components/ticket/card';
import { LiveTickets } from '@/components/ticket/live-tickets';
import { listTickets, market } from '@/lib/api/server';
import { dayAt } from '@/lib/browse/days';
import { narrowings, readSearch, searchPath, type Search } from '@/lib/browse/search';
import { siteOrigin } from '@/lib/origin';
import { preferences, requestTime } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { countOf, fill } from '@/texts/fill';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** A short description of the search for the heading; empty if there are no filters. */
async function headingOf(search: Search): Promise<string> {
  const [{ browse }, { locale }] = await Promise.all([getTexts(), preferences()]);
  const { q, category, city } = wordsFor(search, browse, locale);
  return [search.q && q, category, city].filter(Boolean).join(', ');
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { search } = readSearch(await searchParams);
  const [{ browse }, site, what] = await Promise.all([getTexts(), siteOrigin(), headingOf(search)]);
  return {
    ...(what && { title: `${what} – Ticketing`, description: fill(browse.describe, { what }) }),
    alternates: { canonical: site + searchPath({ ...search, sort: undefined }) },
    openGraph: { type: 'website', images: `${site}/covers/${search.category ?? 'concert'}.png` },
    ...(search.cursor && { robots: { index: false } }),
  };
}

/** The tickets for sale, or search results. */
export default async function Home({ searchParams }: Props) {
  const reading = readSearch(await searchParams);
  const { search } = reading;
  const [{ browse, ticket }, { locale, timeZone = 'UTC' }, heading, asked, { count, cities }] = await Promise.all([
    getTexts(),
    preferences(),
    headingOf(search),
    listTickets(search),
    market(),
  ]);
  // A cursor the API rejects is outdated: start the search over.
  const page = asked ?? (await listTickets({ ...search, cursor: undefined }));
  if (!page) throw new Error('The API takes no search');
  const { tickets, query, next } = page;
  const isEverything = narrowings(search).length === 0;
  // If all results are on the page, count them: the API's count may be a few seconds old.
  const total = !next && !search.cursor ? { count: tickets.length, isMore: false } : count;
  if (tickets.length === 0 && !next && !search.cursor && isEverything) return <EmptyMarket />;
  return (
    <>
      <h1>{heading || browse.title}</h1>
      {isEverything && total && (
        <p>
          {countOf(
            total.isMore ? { one: browse.countOver, other: browse.countOver } : browse.count,
            total.count,
            locale,
          )}
        </p>
      )}
      <Finder {...reading} cities={cities} today={dayAt(new Date(), timeZone)} />
      <Chosen search={search} />
      <Misread wrong={reading.wrong} isPageGone={!asked} />
      {tickets.length === 0 ? (
        <NothingFound search={search} next={next} />
      ) : (
        <TextsProvider texts={{ ticket }}>
          <LiveTickets
            tickets={tickets.map(({ id, title, price, status, heldUntil, version }) => ({
              id,
              title,
              price,
              status,
              heldUntil,
              version,
            }))}
            query={query}
            serverNow={requestTime()}
          >
            <ul className="ticket-cards">
              {tickets.map((one) => (
                <li key={one.id}>
                  <TicketCard ticket={one} />
                </li>
              ))}
            </ul>
          </LiveTickets>
        </TextsProvider>
      )}
      {tickets.length > 0 && (
        <nav className="pager" aria-label={browse.pages}>
          {search.cursor && asked && (
            <Link className="btn btn-outline-primary" href={searchPath(search)}>
              {browse.toFirst}
            </Link>
          )}
          {next && (
            <Link className="btn btn-outline-primary" href={searchPath(search, { cursor: next })} rel="next">
              {browse.nextPage}
            </Link>
          )}
        </nav>
      )}
    </>
  );
}
