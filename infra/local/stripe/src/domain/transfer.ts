import { isReady } from './account';
import { invalidRequest } from './errors';
import type { Account, Charge, Context, DomainEvent, Payout, Reversal, ToldPayout, Transfer } from './objects';

/** Amounts are in minor units. */
export interface NewTransfer {
  amount: number;
  currency: string;
  description?: string;
  metadata?: Record<string, string>;
  transfer_group?: string;
}

const insufficient = (whose: string) =>
  invalidRequest(`You have insufficient available funds in ${whose}.`, { code: 'balance_insufficient' });

/**
 * Moves money from the platform to an account (Stripe docs: "Separate charges and transfers").
 * @param source the charge that funds it, and how much of it has already been transferred
 * @param balance the platform's
 */
export function transfer(
  params: NewTransfer,
  account: Account,
  source: { charge: Charge; moved: number } | undefined,
  balance: number,
  context: Context,
): { transfer: Transfer; events: DomainEvent[] } {
  if (!isReady(account)) {
    const message =
      'Your destination account needs to have at least one of the following capabilities enabled: transfers, ' +
      'crypto_transfers, legacy_payments';
    throw invalidRequest(message, { code: 'insufficient_capabilities_for_transfer' });
  }
  if (source) refuseUnlessCovered(params, source);
  if (balance < params.amount) throw insufficient('your Stripe account');
  const made: Transfer = {
    id: context.newId('tr'),
    object: 'transfer',
    amount: params.amount,
    amount_reversed: 0,
    balance_transaction: null,
    created: context.now,
    currency: params.currency,
    description: params.description ?? null,
    destination: account.id,
    livemode: false,
    metadata: params.metadata ?? {},
    reversed: false,
    source_transaction: source?.charge.id ?? null,
    source_type: 'card',
    transfer_group: params.transfer_group ?? source?.charge.transfer_group ?? null,
  };
  return { transfer: made, events: [{ type: 'transfer.created', object: made }] };
}

function refuseUnlessCovered(params: NewTransfer, { charge, moved }: { charge: Charge; moved: number }): void {
  const at = { param: 'source_transaction' };
  if (!charge.captured) throw invalidRequest(`The charge ${charge.id} has not been captured.`, at);
  if (charge.currency !== params.currency) {
    const message = `The currency of source_transaction's balance transaction (${charge.currency}) must be the same as the transfer currency (${params.currency})`;
    throw invalidRequest(message, at);
  }
  const left = charge.amount_captured - charge.amount_refunded - moved;
  if (params.amount <= left) return;
  const message = `Transfers using this transaction as a source must not exceed the source amount of ${String(left)}.`;
  throw invalidRequest(message, at);
}

/** Reverses a transfer; the account's balance must cover it. */
export function reverse(
  made: Transfer,
  request: { amount?: number; metadata?: Record<string, string> },
  balance: number,
  context: Context,
): { transfer: Transfer; reversal: Reversal; events: DomainEvent[] } {
  const left = made.amount - made.amount_reversed;
  const amount = request.amount ?? left;
  if (left === 0) throw invalidRequest(`Transfer ${made.id} has already been fully reversed.`);
  if (amount > left) {
    const message = `Reversal amount (${String(amount)}) is greater than unreversed amount on transfer (${String(left)})`;
    throw invalidRequest(message, { param: 'amount' });
  }
  if (balance < amount) throw insufficient(`the balance of ${made.destination}`);
  const reversal: Reversal = {
    id: context.newId('trr'),
    object: 'transfer_reversal',
    amount,
    balance_transaction: null,
    created: context.now,
    currency: made.currency,
    destination_payment_refund: null,
    metadata: request.metadata ?? {},
    source_refund: null,
    transfer: made.id,
  };
  const reversed: Transfer = {
    ...made,
    amount_reversed: made.amount_reversed + amount,
    reversed: amount === left,
  };
  return { transfer: reversed, reversal, events: [{ type: 'transfer.reversed', object: reversed }] };
}

/** Pays out to a bank account, from the platform's balance (`account` is null) or an account's. */
export function payOut(
  account: string | null,
  amount: number,
  currency: string,
  context: Context,
): { payout: Payout; events: DomainEvent[] } {
  const made: ToldPayout = {
    id: context.newId('po'),
    object: 'payout',
    amount,
    created: context.now,
    currency,
    status: 'paid',
  };
  const of = account === null ? {} : { account };
  return {
    payout: { ...made, account },
    events: [
      { type: 'payout.created', object: { ...made, status: 'pending' }, ...of },
      { type: 'payout.paid', object: made, ...of },
    ],
  };
}
