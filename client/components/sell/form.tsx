'use client';
import type { TicketBody } from '@ticketing/common/contract';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { Form, Submit, valuesOf, type Check } from '@/components/form';
import { useReader, useTexts } from '@/components/texts';
import { listTicket, saveTicket } from '@/lib/api/browser';
import { problemOf, toListing, toTyped, valuesOfListing, type ListingValues } from '@/lib/sell/listing';
import { writePrice } from '@/lib/price';
import { EventFields, PriceField, SeatFields, WhereAndWhen } from './fields';
import { Preview } from './preview';

const checked = ['title', 'date', 'time', 'price'];

interface TicketFormProps {
  /** The listing to edit; omitted for a new one. */
  ticket?: TicketBody;
  /** Saving is currently disabled; input is kept. */
  isLocked?: boolean;
}

/** Creates or edits a listing, with a preview of its card. */
export function TicketForm({ ticket, isLocked = false }: TicketFormProps) {
  const t = useTexts('listingForm');
  const { locale, timeZone = 'UTC' } = useReader();
  const router = useRouter();
  const frame = useRef<HTMLDivElement>(null);
  const [known] = useState<ListingValues>(() =>
    ticket ? valuesOfListing(ticket, timeZone, writePrice(ticket.price, locale)) : { category: 'concert', timeZone },
  );
  const [values, setValues] = useState(known);

  const check =
    (field: string): Check =>
    (_value, all) => {
      const problem = problemOf(field, all);
      return problem && t.problems[problem];
    };
  async function send(typed: ListingValues) {
    try {
      const listing = toListing(typed, ticket);
      const { id } = await (ticket ? saveTicket(ticket.id, listing) : listTicket(listing));
      router.push(`/tickets/${id}`);
    } catch (error) {
      throw toTyped(error);
    }
  }
  function show() {
    const form = frame.current?.querySelector('form');
    if (form) setValues(valuesOf(form));
  }

  return (
    <div ref={frame} onInput={show}>
      <Form
        send={send}
        checks={Object.fromEntries(checked.map((field) => [field, check(field)]))}
        draft={ticket ? `listing ${ticket.id}` : 'new listing'}
        className="listing-form"
      >
        <fieldset disabled={isLocked} className="listing-fields">
          <EventFields known={known} />
          <WhereAndWhen known={known} />
          <SeatFields known={known} />
          <PriceField known={known} />
        </fieldset>
        <Preview id={ticket?.id} values={values} />
        <div className="listing-send">
          <Submit busy={ticket ? t.saving : t.listing} className="btn btn-primary btn-lg w-100" isLocked={isLocked}>
            {ticket ? t.save : t.list}
          </Submit>
        </div>
      </Form>
    </div>
  );
}
