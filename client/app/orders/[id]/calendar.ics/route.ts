import { seatOf, placeOf } from '@/components/ticket/when';
import { findOrder } from '@/lib/api/server';
import { calendarOf } from '@ticketing/common/contract';
import { siteOrigin } from '@/lib/origin';
import { placedAt } from '@/lib/buy/purchase';
import { getTexts } from '@/texts';

/** The event of a ticket the visitor has bought, as a calendar file; 404 if there is none. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const [order, origin, { ticket: t }] = await Promise.all([findOrder((await params).id), siteOrigin(), getTexts()]);
  if (order?.status !== 'complete' || !order.ticket.startsAt) return new Response(null, { status: 404 });
  const { id, ticket } = order;
  const url = `${origin}/orders/${id}`;
  const calendar = calendarOf({
    uid: `${id}@${new URL(origin).hostname}`,
    startsAt: order.ticket.startsAt,
    madeAt: placedAt(order),
    title: ticket.title,
    location: placeOf(ticket),
    description: [seatOf(ticket, t), url].filter(Boolean).join('\n'),
    url,
  });
  return new Response(calendar, {
    headers: {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': `attachment; filename="ticket-${id.slice(-6)}.ics"`,
      'Cache-Control': 'private, no-store',
    },
  });
}
