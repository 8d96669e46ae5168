'use client';
import { Form, Submit } from '@/components/form';
import { testCards, type PaymentSource } from '@/lib/purchase';

/** Pays with one of the emulator's test cards, chosen by what it does. */
export function TestCardForm({ send }: { send: (source: PaymentSource) => Promise<void> }) {
  return (
    <Form send={({ card }) => send((testCards[Number(card)] ?? testCards[0]).source)}>
      <fieldset className="cards">
        <legend>Test card</legend>
        {testCards.map(({ label }, index) => (
          <label className="card-choice" key={label}>
            <input className="form-check-input" type="radio" name="card" value={index} defaultChecked={index === 0} />
            {label}
          </label>
        ))}
      </fieldset>
      <Submit busy="Paying…" className="btn btn-primary btn-lg w-100">
        Pay now
      </Submit>
    </Form>
  );
}
