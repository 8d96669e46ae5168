'use client';
import type { TicketBody } from '@ticketing/common/contract';
import { useRef, useState } from 'react';
import { Form, Submit, valuesOf, type Check } from '@/components/form';
import { useReader, useTexts } from '@/components/texts';
import { listTicket, saveTicket } from '@/lib/api/browser';
import { problemOf, toListing, toTyped, valuesLike, valuesOfListing, type ListingValues } from '@/lib/sell/listing';
import { priceFacts } from '@/lib/currency';
import { writePrice } from '@/lib/price';
import { fill } from '@/texts/fill';
import { DeliveryFields } from './delivery-fields';
import { EventFields, SeatFields, WhereAndWhen } from './fields';
import { useContentChecks } from './handover/content-fields';
import type { Chosen } from './handover/hand-over';
import { PriceFields } from './price-fields';
import { Preview } from './preview';

const checked = ['title', 'date', 'time', 'price', 'faceValue'];

interface TicketFormProps {
  /** The listing to edit; omitted for a new one. */
  ticket?: TicketBody;
  /** A listing of the same event, for a new one to start with. */
  like?: TicketBody;
  /** Saving is currently disabled; input is kept. */
  isLocked?: boolean;
  /** The marketplace's share, if known. */
  feePercent?: number;
  /** Called with the saved listing, and with what is to be handed over for a new one. */
  onSaved: (ticket: TicketBody, chosen: Chosen) => void;
}

/** Creates or edits a listing, with a preview of its card. */
export function TicketForm({ ticket, like, isLocked = false, feePercent, onSaved }: TicketFormProps) {
  const t = useTexts('listingForm');
  const { locale, timeZone = 'UTC' } = useReader();
  const frame = useRef<HTMLDivElement>(null);
  const [known] = useState<ListingValues>(() => {
    const write = (price: number) => writePrice(price, locale);
    if (ticket) return valuesOfListing(ticket, timeZone, write);
    return like ? valuesLike(like, timeZone, write) : { category: 'concert', timeZone };
  });
  const [values, setValues] = useState(known);
  const [file, setFile] = useState<File>();
  const contentChecks = useContentChecks(file, ({ delivery }) => delivery === 'now');

  const check =
    (field: string): Check =>
    (_value, all) => {
      const problem = problemOf(field, all);
      return problem && fill(t.problems[problem], priceFacts(locale));
    };
  const checks = Object.fromEntries(checked.map((field) => [field, check(field)]));
  async function send(typed: ListingValues) {
    try {
      const listing = toListing(typed, ticket);
      const saved = await (ticket ? saveTicket(ticket.id, listing) : listTicket(listing));
      onSaved(saved, { values: typed, file });
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
        checks={ticket ? checks : { ...checks, delivery: check('delivery'), ...contentChecks }}
        draft={ticket ? `listing ${ticket.id}` : like ? `listing like ${like.id}` : 'new listing'}
        className="listing-form"
      >
        <fieldset disabled={isLocked} className="listing-fields">
          <EventFields known={known} />
          <WhereAndWhen known={known} />
          <SeatFields known={known} />
          {!ticket && <DeliveryFields file={file} onFile={setFile} />}
          <PriceFields known={known} typed={values.price ?? ''} feePercent={feePercent} />
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
