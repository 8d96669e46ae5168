'use client';
import { Form, Submit } from '@/components/form';
import { useTexts } from '@/components/texts';
import { testCards, type PaymentSource } from '@/lib/buy/purchase';

/** Pays with one of the emulator's test cards, chosen by its behavior. */
export function TestCardForm({ send }: { send: (source: PaymentSource) => Promise<void> }) {
  const t = useTexts('checkout');
  return (
    <Form send={({ card }) => send((testCards[Number(card)] ?? testCards[0]).source)}>
      <fieldset className="cards">
        <legend>{t.testCard}</legend>
        {testCards.map(({ name, number }, index) => (
          <label className="card-choice" key={name}>
            <input
              className="form-check-input"
              type="radio"
              name="card"
              value={index}
              defaultChecked={index === 0}
              aria-labelledby={`card-${name}`}
              aria-describedby={`card-${name}-number`}
            />
            <span id={`card-${name}`} className="card-name">
              {t.testCards[name]}
            </span>
            <span id={`card-${name}-number`} className="card-number">
              {number}
            </span>
          </label>
        ))}
      </fieldset>
      <Submit busy={t.paying} className="btn btn-primary btn-lg w-100">
        {t.pay}
      </Submit>
      <p className="form-text">{t.testNote}</p>
    </Form>
  );
}
