import type { Cause, Logger } from '@ticketing/common';
import { alarm } from './alarms';
import { KeptFailure, LEFT } from './answers';
import { payoutEvents } from './bodies';
import type { Save } from './books';
import type { StripeConnect, Transferred } from './connect';
import * as debts from './debts';
import { SETTLING, shareOf, type Payout } from './domain/ledger';
import type { Order } from './domain/payment';
import { nextPayout, retryAfter } from './domain/payout';
import { readFrozenAt } from './people';
import type { Sellers } from './sellers';
import * as store from './store';

/** Failed attempts that raise an alarm. */
const ALARM_AFTER = 5;
/** Stripe's codes for an account that cannot receive money. */
const UNABLE = ['insufficient_capabilities_for_transfer', LEFT];

const blank: Omit<Payout, 'at'> = {
  status: 'due',
  amount: 0,
  settled: 0,
  reversed: 0,
  owed: 0,
  accountId: null,
  attempt: 0,
  transferId: null,
  reason: null,
  retryAt: null,
};

/**
 * Pays sellers, and reverses what was paid for undone sales. Every step is saved before Stripe is called.
 * @param sellers reads a seller's account; `refresh` also resumes what waited for it
 */
export function createPayouts(
  save: Save,
  connect: StripeConnect,
  sellers: Pick<Sellers, 'learn' | 'refresh'>,
  log: Logger,
  now: () => Date,
) {
  const change = (payment: store.PaymentDocument, changes: Partial<Payout>, cause: Cause) => {
    const payout = { ...blank, ...payment.payout, ...changes, at: now() };
    const isNews = payout.status !== payment.payout?.status;
    const { orderId, sellerId, title } = payment;
    const events = isNews ? payoutEvents(payment.id as string, { orderId, sellerId, title, payout }) : [];
    return save(payment, { payout, checkAt: payment.checkAt ?? now() }, events, cause);
  };

  const fail = async (payment: store.PaymentDocument, { attempt, accountId }: Payout, reason: string, cause: Cause) => {
    if (UNABLE.includes(reason) && accountId && payment.sellerId)
      await sellers.learn(payment.sellerId, accountId, cause);
    await change(payment, { status: 'failed', reason, retryAt: retryAfter(attempt, now()) }, cause);
    if (attempt >= ALARM_AFTER) alarm(log, 'payout-failed', { orderId: payment.orderId, reason });
  };

  const paid = (transferId: string | null) => ({ status: 'paid', transferId, reason: null, retryAt: null }) as const;

  const find = async ({ orderId }: store.PaymentDocument) => (await connect.findTransfers(orderId))[0]?.id;

  /** Requests the transfer that is saved as being sent; its key makes a repeat harmless. */
  const send = async (payment: store.PaymentDocument, payout: Payout, cause: Cause) => {
    const sent = await connect.transfer(payment, payout).catch(async (error: unknown): Promise<Transferred> => {
      if (!(error instanceof KeptFailure)) throw error;
      const transferId = await find(payment);
      return transferId !== undefined ? { transferId } : { reason: 'kept-failure' };
    });
    if ('transferId' in sent) await change(payment, paid(sent.transferId), cause);
    else await fail(payment, payout, sent.reason, cause);
  };

  /** Reserves the part of the share that settles the seller's debts; recorded before as possible, and after as the amount. */
  const reserve = async (payment: store.PaymentDocument, { _id }: store.StoredSeller, share: number, cause: Cause) => {
    await change(payment, { status: 'due', reason: SETTLING, retryAt: null }, cause);
    return debts.reserve(_id, payment.orderId, share);
  };

  const begin = async (payment: store.PaymentDocument, seller: store.StoredSeller, cause: Cause) => {
    const { orderId } = payment;
    const share = shareOf(payment);
    const settled = debts.mayOwe(seller, orderId) ? await reserve(payment, seller, share, cause) : 0;
    const amount = share - settled;
    const attempt = (payment.payout?.attempt ?? 0) + 1;
    const free = { isWithheld: false };
    const state = amount > 0 ? { status: 'sending' as const, reason: null, retryAt: null } : paid(null);
    await change(payment, { ...state, ...free, amount, settled, accountId: seller.accountId, attempt }, cause);
    if (amount > 0 && payment.payout) await send(payment, payment.payout, cause);
  };

  /** The response to a transfer was lost: it may have been made. */
  const resume = async (payment: store.PaymentDocument, payout: Payout, cause: Cause) => {
    const transferId = await find(payment);
    if (transferId !== undefined) await change(payment, paid(transferId), cause);
    // Even an undone sale is transferred, once: only the key can tell whether the lost request is still on its way.
    else await send(payment, payout, cause);
  };

  /** Debts that an undone sale had settled are owed again. */
  const restore = async (payment: store.PaymentDocument, cause: Cause) => {
    await debts.restore(payment.sellerId ?? '', payment.orderId);
    await change(payment, { settled: 0, reason: null }, cause);
  };

  const reverse = async (payment: store.PaymentDocument, payout: Payout, cause: Cause) => {
    const { orderId } = payment;
    // A debt may have been settled by now: that part is not reversed as well.
    const isOwed = await debts.isBooked(payment.sellerId ?? '', orderId);
    const reversed = await (isOwed ? connect.reversedOf(payout.transferId ?? '') : connect.reverse(orderId, payout));
    await owe(payment, payout, reversed, cause);
    const owed = payment.payout?.owed ?? 0;
    if (owed > 0) alarm(log, 'payout-not-reversed', { orderId, owed });
    if (payment.payout?.settled) await restore(payment, cause);
  };

  /** What was not reversed is a debt: recorded in the seller's document first, under the order's id, then here. */
  const owe = async (payment: store.PaymentDocument, payout: Payout, reversed: number, cause: Cause) => {
    const owed = payout.amount - reversed;
    const { orderId } = payment;
    const excess = owed > 0 || payout.owed > 0 ? await debts.book(payment.sellerId ?? '', orderId, owed) : 0;
    await change(payment, { status: 'reversed', reversed, owed }, cause);
    if (excess > 0) alarm(log, 'debt-settled-twice', { orderId, sellerId: payment.sellerId, excess });
  };

  /** Records a transfer that someone reversed in Stripe's dashboard. */
  const follow = async (payment: store.PaymentDocument, payout: Payout, cause: Cause) => {
    const reversed = await connect.reversedOf(payout.transferId ?? '');
    if (reversed === (payout.reversed ?? 0)) return;
    if (payout.owed > 0) return owe(payment, payout, reversed, cause);
    await change(payment, { reversed, status: reversed >= payout.amount ? 'reversed' : 'paid' }, cause);
  };

  /** Waits for the seller's account, unless it just became ready: resuming what waits may have missed this one. */
  const wait = async (payment: store.PaymentDocument, cause: Cause, asked: boolean) => {
    const { reason, isWithheld } = payment.payout ?? {};
    // What may be reserved for debts must be released if the sale is undone.
    const waiting = reason === SETTLING ? SETTLING : 'account';
    if (reason !== waiting || isWithheld)
      await change(payment, { status: 'due', reason: waiting, isWithheld: false }, cause);
    const seller = await sellerOf(payment);
    if (seller?.isReady && !seller.isFrozen) await begin(payment, seller, cause);
    // The webhook that says so may be lost.
    else if (asked && seller?.accountId && !seller.isReady) await sellers.refresh(seller.accountId, cause);
  };

  /** Withholds a frozen seller's share, unless they were just unfrozen: as above, the next check continues. */
  const withhold = async (payment: store.PaymentDocument, cause: Cause) => {
    const { status = 'due', isWithheld } = payment.payout ?? {};
    if (!isWithheld) await change(payment, { status, isWithheld: true }, cause);
    if (!(await readFrozenAt(payment.sellerId ?? ''))) await change(payment, { isWithheld: false }, cause);
  };

  const sellerOf = async ({ sellerId }: Pick<store.StoredPayment, 'sellerId'>) => {
    const [seller, frozenAt] = await Promise.all([store.readSeller(sellerId ?? ''), readFrozenAt(sellerId ?? '')]);
    return seller && { ...seller, isFrozen: frozenAt !== null };
  };

  const next = async (payment: store.PaymentDocument, order: Order) => {
    const step = nextPayout(payment, order, null, now());
    if (step !== 'wait') return { step, seller: null };
    const seller = await sellerOf({ sellerId: order.sellerId ?? null });
    return { step: nextPayout(payment, order, seller, now()), seller };
  };

  return {
    /** Whether a seller could be paid now: Stripe has to be asked first whether the buyer's money is still there. */
    async isDue(payment: store.PaymentDocument, order: Order): Promise<boolean> {
      return (await next(payment, order)).step === 'begin';
    },

    /** @param asked whether Stripe was asked about the buyer's money just now */
    async step(payment: store.PaymentDocument, order: Order, cause: Cause, asked: boolean): Promise<void> {
      const { step, seller } = await next(payment, order);
      const { payout } = payment;
      if (step === 'begin' && seller && asked) await begin(payment, seller, cause);
      else if (step === 'wait') await wait(payment, cause, asked);
      else if (step === 'withhold') await withhold(payment, cause);
      else if (step === 'restore') await restore(payment, cause);
      else if (step === 'find' && payout) await resume(payment, payout, cause);
      else if (step === 'reverse' && payout) await reverse(payment, payout, cause);
      else if (step === 'nothing' && asked && payout?.transferId) await follow(payment, payout, cause);
    },
  };
}

export type Payouts = ReturnType<typeof createPayouts>;
