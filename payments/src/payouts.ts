import { feeOf, type Cause, type Logger, type Outbox } from '@ticketing/common';
import { alarm } from './alarms';
import { KeptFailure } from './answers';
import type { Order, Payout } from './domain/payment';
import { nextPayout } from './domain/payout';
import * as store from './store';
import type { StripeConnect } from './connect';

/** Failed attempts after which a person is told. */
const ALARM_AFTER = 5;

/** Pays sellers, and takes back what was paid for undone sales. Every step is saved before Stripe is asked. */
export function createPayouts(
  outbox: Outbox,
  connect: StripeConnect,
  feePercent: number,
  log: Logger,
  now: () => Date,
) {
  const save = (payment: store.PaymentDocument, changes: Partial<Payout>, cause: Cause) => {
    const blank = { amount: 0, accountId: null, attempt: 0, transferId: null, reason: null };
    const payout = { ...blank, status: 'due' as const, ...payment.payout, ...changes, at: now() };
    return outbox.commit(payment.set({ payout, checkAt: payment.checkAt ?? now() }), [], cause);
  };

  const fail = async (payment: store.PaymentDocument, reason: string, cause: Cause) => {
    await save(payment, { status: 'failed', reason }, cause);
    const { orderId, payout } = payment;
    if ((payout?.attempt ?? 0) >= ALARM_AFTER) alarm(log, 'payout-failed', { orderId, reason });
  };

  /** Asks for the transfer that is saved as being sent; its key makes a repeat harmless. */
  const send = async (payment: store.PaymentDocument, payout: Payout, cause: Cause) => {
    const sent = await connect.transfer(payment, payout).catch(async (error: unknown) => {
      if (!(error instanceof KeptFailure)) throw error;
      const transferId = await connect.findTransfer(payment.orderId);
      return transferId ? { transferId } : { reason: 'kept-failure' };
    });
    if ('transferId' in sent) await save(payment, { status: 'paid', transferId: sent.transferId, reason: null }, cause);
    else await fail(payment, sent.reason, cause);
  };

  const begin = async (payment: store.PaymentDocument, accountId: string, cause: Cause) => {
    const hindrance = await connect.hindrance(payment.stripeId ?? '');
    if (hindrance) {
      if (payment.payout?.reason !== hindrance) await save(payment, { status: 'due', reason: hindrance }, cause);
      return;
    }
    const fee = payment.fee ?? feeOf(payment.amount, feePercent);
    const attempt = (payment.payout?.attempt ?? 0) + 1;
    payment.set({ fee });
    await save(payment, { status: 'sending', amount: payment.amount - fee, accountId, attempt, reason: null }, cause);
    if (payment.payout) await send(payment, payment.payout, cause);
  };

  /** The answer to a transfer was lost: it may have been made. */
  const find = async (payment: store.PaymentDocument, payout: Payout, cause: Cause) => {
    const transferId = await connect.findTransfer(payment.orderId);
    if (transferId) await save(payment, { status: 'paid', transferId }, cause);
    // An undone sale is transferred too, once: whether the lost request is still on its way, only its key can tell.
    else await send(payment, payout, cause);
  };

  const reverse = async (payment: store.PaymentDocument, payout: Payout, cause: Cause) => {
    const { orderId } = payment;
    const reversed = await connect.reverse(orderId, payout.transferId ?? '');
    if (reversed >= payout.amount) await save(payment, { status: 'reversed' }, cause);
    else alarm(log, 'payout-not-reversed', { orderId, owed: payout.amount - reversed });
  };

  return {
    async step(payment: store.PaymentDocument, order: Order, cause: Cause): Promise<void> {
      if (nextPayout(payment, order, null) === 'nothing') return;
      const seller = await store.readSeller(order.sellerId ?? '');
      const { payout } = payment;
      switch (nextPayout(payment, order, seller)) {
        case 'wait':
          if (payout?.reason !== 'account') await save(payment, { status: 'due', reason: 'account' }, cause);
          return;
        case 'begin':
          return begin(payment, seller?.accountId ?? '', cause);
        case 'find':
          return payout ? find(payment, payout, cause) : undefined;
        case 'reverse':
          return payout ? reverse(payment, payout, cause) : undefined;
        case 'nothing':
          return;
      }
    },
  };
}

export type Payouts = ReturnType<typeof createPayouts>;
