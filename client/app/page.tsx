import { notFound } from 'next/navigation';
import { Link } from '@/components/link';
import { Message } from '@/components/message';
import { TicketCard } from '@/components/ticket/card';
import { listTickets } from '@/lib/api';
import { getTexts } from '@/texts';

interface Props {
  searchParams: Promise<{ cursor?: string | string[] }>;
}

async function NoTickets({ isFirst }: { isFirst: boolean }) {
  const { browse } = await getTexts();
  if (!isFirst)
    return (
      <Message title={browse.endTitle} actions={<Link href="/">{browse.toNewest}</Link>}>
        {browse.end}
      </Message>
    );
  return (
    <Message title={browse.emptyTitle} actions={<Link href="/tickets/new">{browse.emptyAction}</Link>}>
      {browse.empty}
    </Message>
  );
}

/** The tickets for sale. */
export default async function Home({ searchParams }: Props) {
  const [{ cursor }, { browse }] = await Promise.all([searchParams, getTexts()]);
  const page = await listTickets(typeof cursor === 'string' ? cursor : undefined);
  if (!page) notFound();
  if (page.tickets.length === 0) return <NoTickets isFirst={!cursor} />;
  return (
    <>
      <h1>{browse.title}</h1>
      <ul className="stubs">
        {page.tickets.map((ticket) => (
          <li key={ticket.id}>
            <TicketCard ticket={ticket} />
          </li>
        ))}
      </ul>
      <nav className="pager" aria-label={browse.pages}>
        {cursor && (
          <Link className="btn btn-outline-primary" href="/">
            {browse.toNewest}
          </Link>
        )}
        {page.next && (
          <Link className="btn btn-outline-primary" href={{ pathname: '/', query: { cursor: page.next } }} rel="next">
            {browse.nextPage}
          </Link>
        )}
      </nav>
    </>
  );
}
