import type { OrderBody } from '@ticketing/common/contract';
import type { ReactNode } from 'react';
import { Cover } from '@/components/ticket/cover';
import { SeatLine, seatOf, When } from '@/components/ticket/when';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';

/** The ticket of an ended order, with a note on it. */
export async function EndedTicket({ ticket, children }: { ticket: OrderBody['ticket']; children: ReactNode }) {
  const [{ locale, timeZone }, { categories, ticket: seats }] = await Promise.all([preferences(), getTexts()]);
  return (
    <div className="ended-ticket">
      <Cover category={ticket.category} id={ticket.id} className="ended-cover" />
      <div className="ended-face">
        <p className="ended-title" dir="auto">
          {ticket.title}
        </p>
        <When details={ticket} locale={locale} timeZone={timeZone} unknown={categories[ticket.category]} />
        {seatOf(ticket, seats) && (
          <p className="row-seat">
            <SeatLine details={ticket} texts={seats} />
          </p>
        )}
        {children}
      </div>
    </div>
  );
}
