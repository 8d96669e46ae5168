import type { Charge, Dispute, Payout, Refund, Transfer } from './objects';
import { isWithdrawn } from './dispute';

/** Everything that moves money. */
export interface Movements {
  charges: readonly Charge[];
  refunds: readonly Refund[];
  disputes: readonly Dispute[];
  transfers: readonly Transfer[];
  payouts: readonly Payout[];
}

const sum = <T extends { currency: string }>(items: readonly T[], currency: string, amountOf: (item: T) => number) =>
  items.reduce((total, item) => (item.currency === currency ? total + amountOf(item) : total), 0);

/**
 * The Stripe balance of the platform (`account` is null) or an account, in minor units. Stripe's own fees are not
 * emulated, and funds are available at once.
 */
export function balanceOf(money: Movements, account: string | null, currency: string): number {
  const paidOut = sum(money.payouts, currency, (payout) => (payout.account === account ? payout.amount : 0));
  const moved = ({ amount, amount_reversed }: Transfer) => amount - amount_reversed;
  if (account !== null)
    return sum(money.transfers, currency, (made) => (made.destination === account ? moved(made) : 0)) - paidOut;
  return (
    sum(money.charges, currency, (charge) => charge.amount_captured) -
    sum(money.refunds, currency, ({ status, amount }) => (status === 'failed' ? 0 : amount)) -
    sum(money.disputes, currency, (made) => (isWithdrawn(made) ? made.amount : 0)) -
    sum(money.transfers, currency, moved) -
    paidOut
  );
}
