import {
  consume,
  Refusal,
  retryConflicts,
  SharedPlaces,
  toMajor,
  type Cause,
  type Holder,
  type Outbox,
  type SellerBody,
  type SellerProfileBody,
} from '@ticketing/common';
import { Unavailable } from './answers';
import * as checks from './checks';
import type { StripeConnect } from './connect';
import { debtOf } from './debts';
import { payoutTo, sellerEvents } from './domain/seller';
import { sumsOfSeller } from './lists';
import { eraseContact } from './leavingStore';
import { sellerOf } from './lookups';
import { readConfirmedEmail } from './people';
import { fixContact, loadSeller, takeDue, writeAccount } from './sellerStore';
import * as store from './store';

/** Calls to Stripe for sellers under way, in all, for one of them, and for all of one network. */
const CALLS = { total: 50, ofAccount: 3, ofNetwork: 20 };
/** Links per hour, and questions per minute, of one seller: Stripe's own limit is shared with everybody's payments. */
const [LINKS, HOUR, QUESTIONS, MINUTE] = [20, 3_600, 30, 60];
/**
 * When it is looked again where a seller's payouts go, in milliseconds, also after a failure; for so many in a row, of
 * which so many may fail.
 */
const [LOOKS_EVERY, LOOKS_AGAIN, LOOKS, MAY_FAIL] = [86_400_000, 600_000, 20, 3];

/** Sellers' accounts at Stripe. */
export function createSellers(outbox: Outbox, connect: StripeConnect, feePercent: number, now: () => Date) {
  const places = new SharedPlaces(CALLS);
  const links = store.limiter('seller-links', LINKS, HOUR);
  const questions = store.limiter('seller-questions', QUESTIONS, MINUTE);

  /** Asks Stripe for a seller, unless they have too many calls under way. */
  const ask = async <T>(who: Holder, call: () => Promise<T>): Promise<T> => {
    const leave = places.take(who);
    if (!leave) throw new Refusal(places.full ? 'unavailable' : 'too-many-requests', { retryAfter: 1 });
    try {
      return await call().catch(asRefusal);
    } finally {
      leave();
    }
  };

  /** Tells where a seller's payouts go, if that is new. Of two answers of Stripe's, the one of an older state is void. */
  const follow = (userId: string, accountId: string, cause: Cause) =>
    retryConflicts(async () => {
      const seller = await loadSeller(userId);
      const bank = await connect.readBank(accountId);
      const to = seller && bank && payoutTo(seller, bank, now());
      if (to) await outbox.commit(seller.set({ payoutTo: to }), sellerEvents(userId, { payoutTo: to }), cause);
    });

  /**
   * Reads an account, and writes what Stripe says of it. What waited for it is paid soon, though we die before that is
   * written: whoever has just become ready is looked at next.
   */
  const learn = async (userId: string, accountId: string, wasReady: boolean, cause: Cause) => {
    const fresh = await connect.readAccount(accountId);
    if (fresh.isReady) await follow(userId, accountId, cause);
    const set = { ...fresh, ...(fresh.isReady && !wasReady && { checkAt: now() }) };
    await writeAccount(userId, { accountId, isReady: wasReady }, set);
    if (fresh.isReady) await checks.wake(userId, now());
    return fresh;
  };

  const moneyOf = async (userId: string, known: store.StoredSeller | null) => {
    const { waiting, onTheWay, paid } = await sumsOfSeller(userId);
    return {
      waiting: toMajor(waiting),
      onTheWay: toMajor(onTheWay),
      paid: toMajor(paid),
      debt: toMajor(known ? debtOf(known) : 0),
    };
  };

  return {
    /**
     * A link to Stripe's pages where a seller sets up their payouts, which lead back to `back`. Stripe writes to their
     * address: it must be theirs.
     */
    async onboard(who: Holder, back: string): Promise<{ url: string }> {
      const { id: userId } = who;
      const email = await readConfirmedEmail(userId);
      if (email === undefined) throw new Refusal('email-unconfirmed');
      const retryAfter = await consume(links, userId);
      if (retryAfter > 0) throw new Refusal('too-many-requests', { retryAfter });
      return ask(who, async () => {
        const former = (await store.readSeller(userId))?.accountId ?? null;
        const known = former && (await connect.link(former, back));
        if (known) return { url: known };
        const contact = await fixContact(userId, email, former);
        if ((await readConfirmedEmail(userId)) === undefined) {
          // Their account was deleted meanwhile.
          await eraseContact(userId);
          throw new Refusal('email-unconfirmed');
        }
        const accountId = await connect.createAccount(userId, contact, former);
        await writeAccount(userId, { accountId: former }, { accountId, isReady: false, isRefused: false });
        const url = await connect.link(accountId, back);
        if (!url) throw new Unavailable(`Account ${accountId} has left just after it was made`);
        return { url };
      });
    },

    /** A seller's account, as Stripe says while it is not ready (unless asked very often), and their money. */
    async seller(who: Holder, cause: Cause): Promise<SellerBody> {
      const { id: userId } = who;
      const known = await store.readSeller(userId);
      const sums = { feePercent, ...(await moneyOf(userId, known)) };
      if (!known?.accountId) return { state: 'none', wants: [], currency: null, country: null, ...sums };
      if (!known.isReady && (await consume(questions, userId)) === 0) {
        const { accountId } = known;
        Object.assign(known, await ask(who, () => learn(userId, accountId, false, cause)));
      }
      const { wants, currency, country } = known;
      const state = known.isReady ? 'ready' : known.isRefused ? 'restricted' : 'incomplete';
      return { state, wants, currency, country, ...sums };
    },

    /** A seller as everyone may see them, from local data. */
    async profile(userId: string): Promise<SellerProfileBody> {
      return { isConfirmed: (await store.readSeller(userId))?.isReady ?? false };
    },

    /**
     * Looks daily where each seller's payouts go, and at what waits for them: the webhook that reported a change may have
     * been lost. A seller Stripe has no news of does not delay the others; after several in a row, Stripe is away.
     */
    async lookAtBanks() {
      const failed: unknown[] = [];
      for (let [left, inARow] = [LOOKS, 0]; left > 0 && inARow < MAY_FAIL; left--) {
        const seller = await takeDue(now(), new Date(now().getTime() + LOOKS_EVERY));
        if (!seller) break;
        const userId = String(seller._id);
        try {
          await follow(userId, seller.accountId ?? '', { trace: `bank-${userId}` });
          inARow = 0;
          // Not before: while Stripe fails, it would be asked for their payouts again and again.
          await checks.wake(userId, now());
        } catch (error) {
          const { accountId } = seller;
          await writeAccount(userId, { accountId }, { checkAt: new Date(now().getTime() + LOOKS_AGAIN) });
          failed.push(error);
          inARow++;
        }
      }
      if (failed.length > 0) throw failed.length === 1 ? failed[0] : new AggregateError(failed);
    },

    /** Reads an account that changed at Stripe. */
    async refresh(accountId: string, cause: Cause) {
      const seller = await sellerOf(accountId);
      if (seller) await learn(String(seller._id), accountId, seller.isReady, cause);
    },
  };
}

export type Sellers = ReturnType<typeof createSellers>;

/** Stripe's silence as an answer to a request. */
export const asRefusal = (error: unknown) => {
  throw error instanceof Unavailable ? new Refusal('unavailable', { retryAfter: 3 }) : error;
};
