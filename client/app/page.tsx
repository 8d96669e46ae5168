import { notFound } from 'next/navigation';
import { Link } from '@/components/link';
import { Message } from '@/components/message';
import { TicketCard } from '@/components/ticket-card';
import { listTickets } from '@/lib/api';

interface Props {
  searchParams: Promise<{ cursor?: string | string[] }>;
}

function NoTickets({ isFirst }: { isFirst: boolean }) {
  if (!isFirst)
    return (
      <Message title="That was all" actions={<Link href="/">Back to the newest</Link>}>
        There are no more tickets on this page.
      </Message>
    );
  return (
    <Message title="No tickets for sale right now" actions={<Link href="/tickets/new">List yours</Link>}>
      New ones show up here the moment a seller lists them.
    </Message>
  );
}

/** The tickets for sale. */
export default async function Home({ searchParams }: Props) {
  const { cursor } = await searchParams;
  const page = await listTickets(typeof cursor === 'string' ? cursor : undefined);
  if (!page) notFound();
  if (page.tickets.length === 0) return <NoTickets isFirst={!cursor} />;
  return (
    <>
      <h1>Tickets for sale</h1>
      <ul className="stubs">
        {page.tickets.map((ticket) => (
          <li key={ticket.id}>
            <TicketCard ticket={ticket} />
          </li>
        ))}
      </ul>
      <nav className="pager" aria-label="Pages">
        {cursor && (
          <Link className="btn btn-outline-primary" href="/">
            Back to the newest
          </Link>
        )}
        {page.next && (
          <Link className="btn btn-outline-primary" href={{ pathname: '/', query: { cursor: page.next } }} rel="next">
            Next page
          </Link>
        )}
      </nav>
    </>
  );
}
