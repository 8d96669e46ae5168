'use client';
import { listingLimits } from '@ticketing/common/contract/limits';
import { useId, type ReactNode } from 'react';
import { Field, Select, TextArea } from '@/components/form';
import { useTexts } from '@/components/texts';
import type { ListingValues } from '@/lib/sell/listing';
import { useProposedZone } from './use-proposed-zone';
import { ZoneOptions } from './zones';

interface FieldsProps {
  /** The listing's initial values. */
  known: ListingValues;
}

/** Fields that belong together, under a heading. */
export function Group({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className="form-group" aria-labelledby={id}>
      <h2 id={id}>
        {title} {note && <small>{note}</small>}
      </h2>
      {children}
    </section>
  );
}

/** What the ticket is for. */
export function EventFields({ known }: FieldsProps) {
  const { listingForm: t, categories } = { listingForm: useTexts('listingForm'), categories: useTexts('categories') };
  return (
    <Group title={t.event}>
      <Field
        name="title"
        label={t.title}
        maxLength={listingLimits.title.max}
        autoComplete="off"
        required
        defaultValue={known.title}
        hint={t.titleHint}
      />
      <Select name="category" label={t.category} defaultValue={known.category}>
        {Object.entries(categories).map(([category, name]) => (
          <option key={category} value={category}>
            {name}
          </option>
        ))}
      </Select>
      <TextArea
        name="description"
        label={`${t.description} ${t.optional}`}
        maxLength={listingLimits.description.max}
        defaultValue={known.description}
        hint={t.descriptionHint}
      />
    </Group>
  );
}

/** Where the event is, and when it starts in the venue's time zone. */
export function WhereAndWhen({ known }: FieldsProps) {
  const t = useTexts('listingForm');
  const { frame, onCity, onZone } = useProposedZone(Boolean(known.date));
  return (
    <Group title={t.whereAndWhen} note={t.optional}>
      <div className="form-row">
        <Field
          name="venue"
          label={t.venue}
          maxLength={listingLimits.venue.max}
          autoComplete="off"
          defaultValue={known.venue}
        />
        <Field
          name="city"
          label={t.city}
          maxLength={listingLimits.city.max}
          autoComplete="address-level2"
          defaultValue={known.city}
          onChange={({ target }) => {
            onCity(target.value);
          }}
        />
      </div>
      <div className="form-row">
        <Field name="date" label={t.date} type="date" defaultValue={known.date} />
        <Field name="time" label={t.time} type="time" defaultValue={known.time} />
      </div>
      <div ref={frame}>
        <Select
          name="timeZone"
          label={t.timeZone}
          defaultValue={known.timeZone}
          hint={t.timeZoneHint}
          onChange={onZone}
        >
          <ZoneOptions first={known.timeZone ?? 'UTC'} />
        </Select>
      </div>
    </Group>
  );
}

/** The seat. */
export function SeatFields({ known }: FieldsProps) {
  const t = useTexts('listingForm');
  return (
    <Group title={t.place} note={t.optional}>
      <div className="form-row form-row-3">
        {(['section', 'row', 'seat'] as const).map((name) => (
          <Field
            key={name}
            name={name}
            label={t[name]}
            maxLength={listingLimits[name].max}
            autoComplete="off"
            defaultValue={known[name]}
          />
        ))}
      </div>
    </Group>
  );
}
