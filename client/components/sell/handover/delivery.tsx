'use client';
import type { TicketBody } from '@ticketing/common/contract';
import { useState } from 'react';
import { focusAtOnce } from '@/components/focus';
import { useTexts } from '@/components/texts';
import { canHandOver, deliveryState, scanOf } from '@/lib/sell/handing-over';
import { TimedText } from '@/components/local-time';
import { HandOver } from './hand-over';

interface DeliveryProps {
  ticket: TicketBody;
  onHandedOver: (ticket: TicketBody) => void;
}

/** The status of a listing's delivery: what was handed over, or what is owed and until when. */
export function DeliveryState({ ticket }: { ticket: TicketBody }) {
  const t = useTexts('handing');
  const state = deliveryState(ticket);
  const scan = state === 'refunded' ? undefined : scanOf(ticket);
  const isTold = state === 'due' || state === 'missed' || state === 'refunded';
  return (
    <p className={isTold ? 'alert alert-warning' : undefined}>
      <TimedText text={t.states[state]} iso={ticket.deliverBy} /> {scan && t.scans[scan]}
    </p>
  );
}

/** A listing's delivery, and a form to hand it over as long as that is possible. */
export function Delivery({ ticket, onHandedOver }: DeliveryProps) {
  const t = useTexts('handing');
  const [isSent, setSent] = useState(false);
  return (
    <section id="delivery" className="apart" aria-labelledby="delivery-title">
      <h2 id="delivery-title">{t.title}</h2>
      <div role="status">
        {isSent && (
          <p key={ticket.deliveredAt} className="alert alert-success" tabIndex={-1} ref={focusAtOnce}>
            {t.sent}
          </p>
        )}
      </div>
      <DeliveryState ticket={ticket} />
      {canHandOver(ticket) && (
        <HandOver
          key={ticket.deliveredAt}
          ticket={ticket}
          onHandedOver={(news) => {
            setSent(true);
            onHandedOver(news);
          }}
        />
      )}
    </section>
  );
}
