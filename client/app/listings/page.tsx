import type { Metadata } from 'next';
import { Link } from '@/components/link';
import { Message } from '@/components/message';
import { TicketRow } from '@/components/ticket/row';
import { myTickets } from '@/lib/api';
import { requireUser } from '@/lib/visitor';
import { getTexts } from '@/texts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).listings.title };
}

/** How the state of a listing looks. */
const tones = { available: 'good', held: 'open', sold: 'good', withdrawn: 'over' } as const;

/** What the visitor sells, in any state. */
export default async function Listings() {
  const [tickets = [], { listings: t }] = await Promise.all([myTickets(), getTexts(), requireUser('/listings')]);
  if (tickets.length === 0)
    return (
      <Message title={t.title} actions={<Link href="/tickets/new">{t.emptyAction}</Link>}>
        {t.empty}
      </Message>
    );
  return (
    <>
      <h1>{t.title}</h1>
      <ul className="rows">
        {tickets.map((ticket) => (
          <li key={ticket.id}>
            <TicketRow
              href={ticket.status === 'available' ? `/tickets/${ticket.id}/edit` : `/tickets/${ticket.id}`}
              ticket={ticket}
              tone={tones[ticket.status]}
            >
              {t.status[ticket.status]}
            </TicketRow>
          </li>
        ))}
      </ul>
    </>
  );
}
