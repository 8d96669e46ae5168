import type { TicketBody } from '@ticketing/common/contract';
import { siteOrigin } from '@/lib/origin';
import { scriptJson, structuredTicket } from '@/lib/structured';
import { coverPicture } from './cover';

/** A ticket's structured data for search engines. It is data, so the script policy does not apply. */
export async function StructuredData({ ticket }: { ticket: TicketBody }) {
  const site = await siteOrigin();
  const data = structuredTicket(ticket, `${site}/tickets/${ticket.id}`, site + coverPicture(ticket.category));
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: scriptJson(data) }} />;
}
