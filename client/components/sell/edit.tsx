'use client';
import type { TicketBody } from '@ticketing/common/contract';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { LocalTime } from '@/components/local-time';
import { useTexts } from '@/components/texts';
import { getTicket } from '@/lib/api/browser';
import { newer } from '@/lib/sell/listing';
import { useLiveTickets } from '@/lib/api/live/hooks';
import { TicketForm } from './form';
import { Delivery } from './handover/delivery';
import { WithdrawTicket } from './withdraw';

/** Why a listing cannot be edited now, and from when it can be; also announces when it can be again. */
function Standing({ ticket, wasHeld }: { ticket: TicketBody; wasHeld: boolean }) {
  const t = useTexts('withdrawal');
  const { status, heldUntil } = ticket;
  const [before, after] = t.held.split('{at}');
  return (
    <div role="status">
      {status === 'held' && (
        <p className="alert alert-warning">
          {before}
          {heldUntil && <LocalTime iso={heldUntil} />}
          {after}
        </p>
      )}
      {status === 'available' && wasHeld && <p className="alert alert-success">{t.freeAgain}</p>}
      {(status === 'sold' || status === 'withdrawn') && <p className="alert alert-warning">{t[status]}</p>}
    </div>
  );
}

/** A listing's form, kept up to date: locked while a buyer checks out, unlocked once the ticket is free. */
export function EditListing({ ticket: rendered, feePercent }: { ticket: TicketBody; feePercent?: number }) {
  const t = useTexts('withdrawal');
  const router = useRouter();
  const [ticket, setTicket] = useState(rendered);
  const [wasHeld, setWasHeld] = useState(rendered.status === 'held');
  const { id, status } = ticket;
  const follow = (news: TicketBody) => {
    setTicket((known) => newer(known, news));
    if (news.status === 'held') setWasHeld(true);
  };
  const read = () => void getTicket(id).then(follow, () => undefined);
  // Only the seller sees how a sale is handed over; the stream does not contain it.
  const hear = (news: TicketBody) => {
    if (news.status === 'sold') read();
    else follow(news);
  };
  useLiveTickets([id], hear, read);
  const isOver = status === 'sold' || status === 'withdrawn';
  return (
    <>
      <Standing ticket={ticket} wasHeld={wasHeld} />
      {!isOver && (
        <TicketForm
          ticket={rendered}
          isLocked={status === 'held'}
          feePercent={feePercent}
          onSaved={() => {
            router.push(`/tickets/${id}`);
          }}
        />
      )}
      {status !== 'withdrawn' && <Delivery ticket={ticket} onHandedOver={follow} />}
      {status === 'available' && (
        <section className="apart" aria-labelledby="withdraw">
          <h2 id="withdraw">{t.apart}</h2>
          <p>{t.hint}</p>
          <WithdrawTicket
            ticket={ticket}
            onWithdrawn={() => {
              router.push('/listings');
            }}
          />
        </section>
      )}
    </>
  );
}
