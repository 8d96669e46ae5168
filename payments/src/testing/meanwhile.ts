import type { Outbox } from '@ticketing/common';
import type { Payment } from '../domain/payment';

/** For tests: something that happens just before a write. */
export function meanwhile() {
  let next: { matches: (payment: Payment) => boolean; happens: () => unknown } | undefined;
  return {
    /** Has something happen once, before the next matching write. */
    before(matches: (payment: Payment) => boolean, happens: () => unknown) {
      next = { matches, happens };
    },
    isDue: () => next !== undefined,
    clear: () => void (next = undefined),
    tamper(outbox: Outbox) {
      const commit = outbox.commit.bind(outbox);
      outbox.commit = async (document, events, cause) => {
        const due = next?.matches(document as never) ? next : undefined;
        if (due) next = undefined;
        await due?.happens();
        await commit(document, events, cause);
      };
    },
  };
}
