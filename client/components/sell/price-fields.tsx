'use client';
import { Field } from '@/components/form';
import { useReader, useTexts } from '@/components/texts';
import { currencyName, priceFacts } from '@/lib/currency';
import { formatPrice } from '@/lib/format';
import type { ListingValues } from '@/lib/sell/listing';
import { shareOf } from '@/lib/sell/payouts';
import { fill } from '@/texts/fill';
import { Group } from './fields';

interface PriceFieldsProps {
  known: ListingValues;
  /** The price as typed so far. */
  typed: string;
  /** The marketplace's share; undefined if payments is unavailable. */
  feePercent?: number;
}

/** What the seller receives for the price typed so far, and the fee. */
function Receives({ typed, feePercent }: { typed: string; feePercent: number }) {
  const t = useTexts('listingForm');
  const { locale } = useReader();
  const known = shareOf(typed, feePercent);
  return (
    <p className="receives" role="status">
      {known && (
        <>
          <strong>{fill(t.receive, { share: formatPrice(known.share, locale) })}</strong>{' '}
          <span>
            {fill(t.fee, { fee: formatPrice(known.fee, locale), percent: feePercent.toLocaleString(locale) })}
          </span>
        </>
      )}
    </p>
  );
}

/** The price, what the seller gets of it, and the face value. */
export function PriceFields({ known, typed, feePercent }: PriceFieldsProps) {
  const t = useTexts('listingForm');
  const { locale } = useReader();
  const shared = { inputMode: 'decimal', autoComplete: 'off', maxLength: 14 } as const;
  return (
    <Group title={t.priceGroup}>
      <Field
        {...shared}
        name="price"
        label={t.price}
        required
        placeholder={priceFacts(locale).example}
        defaultValue={known.price}
        hint={fill(t.priceHint, { currency: currencyName(locale) })}
      />
      {feePercent !== undefined && <Receives typed={typed} feePercent={feePercent} />}
      <Field
        {...shared}
        name="faceValue"
        label={`${t.faceValue} ${t.optional}`}
        defaultValue={known.faceValue}
        hint={t.faceValueHint}
      />
    </Group>
  );
}
