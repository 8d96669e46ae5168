import type { Logger } from '@ticketing/common';
import type { Reversed, StripeConnect } from './connect';
import { excessOf } from './debts';
import type { Payout } from './domain/ledger';
import { readPayee } from './people';
import type { StoredPayment } from './store';

type Undone = Pick<StoredPayment, 'orderId' | 'sellerId' | 'frozenAt'>;

/**
 * Pays back what somebody took by hand from the seller of an undone sale whose debt had been settled: they paid it twice.
 * Nothing is written before: what is back is what Stripe says. Returns that, less what they got.
 */
export const createPayBack =
  (connect: StripeConnect, log: Logger) =>
  async ({ orderId, sellerId, frozenAt }: Undone, payout: Payout, back: Reversed): Promise<number> => {
    const seller = await readPayee(sellerId);
    if (!seller?.isReady || seller.isFrozen || frozenAt) return back.reversed;
    const excess = excessOf(seller, orderId, payout.amount - back.reversed);
    const twice = Math.min(excess, back.reversed - payout.reversed);
    if (twice <= 0 || !(await connect.payBack(orderId, payout, twice, back))) return back.reversed;
    log.warn({ orderId, sellerId, amount: twice }, 'a seller had paid a debt twice: paid back');
    return back.reversed - twice;
  };
