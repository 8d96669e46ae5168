import type { Cause, NewEvent, Outbox } from '@ticketing/common';
import { withLine } from './domain/ledger';
import type { Payment } from './domain/payment';
import type { PaymentDocument } from './store';

/** Saves a payment's changes, together with its events and the ledger line that follows from its new state. */
export type Save = (
  payment: PaymentDocument,
  changes: Partial<Payment>,
  events: NewEvent[],
  cause: Cause,
) => Promise<void>;

/** The only way to change a payment once it is inserted. */
export const bookkeeper =
  (outbox: Outbox, now: () => Date): Save =>
  (payment, changes, events, cause) => {
    payment.set(changes);
    const ledger = withLine(payment, now());
    if (ledger) payment.set({ ledger });
    return outbox.commit(payment, events, cause);
  };
