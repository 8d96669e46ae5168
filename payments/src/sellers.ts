import { consume, Places, Refusal, toMajor, type SellerBody, type SellerProfileBody } from '@ticketing/common';
import { Unavailable } from './answers';
import * as checks from './checks';
import type { AccountState, StripeConnect } from './connect';
import { debtOf } from './debts';
import { sumsOfSeller } from './lists';
import { sellerOf } from './lookups';
import { readConfirmedEmail } from './people';
import * as store from './store';

/** Calls to Stripe for sellers under way, in all and for one of them. */
const CALLS = { total: 50, each: 3 };
/** Links per hour, and questions per minute, of one seller: Stripe's own limit is shared with everybody's payments. */
const [LINKS, HOUR, QUESTIONS, MINUTE] = [20, 3_600, 30, 60];

/** Sellers' accounts at Stripe. */
export function createSellers(connect: StripeConnect, feePercent: number, now: () => Date) {
  const places = new Places(CALLS);
  const links = store.limiter('seller-links', LINKS, HOUR);
  const questions = store.limiter('seller-questions', QUESTIONS, MINUTE);

  /** Asks Stripe for a seller, unless they have too many calls under way. */
  const ask = async <T>(userId: string, call: () => Promise<T>): Promise<T> => {
    const leave = places.take(userId);
    if (!leave) throw new Refusal(places.full ? 'unavailable' : 'too-many-requests', { retryAfter: 1 });
    try {
      return await call().catch(asRefusal);
    } finally {
      leave();
    }
  };

  /** Writes what Stripe says of an account. What waited for it is paid soon. */
  const learn = async (userId: string, fresh: AccountState) => {
    await store.writeSeller(userId, fresh);
    if (fresh.isReady) await checks.wake(userId, now());
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
    async onboard(userId: string, back: string): Promise<{ url: string }> {
      const email = await readConfirmedEmail(userId);
      if (email === undefined) throw new Refusal('email-unconfirmed');
      const retryAfter = await consume(links, userId);
      if (retryAfter > 0) throw new Refusal('too-many-requests', { retryAfter });
      return ask(userId, async () => {
        let accountId = (await store.readSeller(userId))?.accountId;
        if (!accountId) {
          const contact = await store.fixContact(userId, email);
          accountId = await connect.createAccount(userId, contact);
          await store.writeSeller(userId, { accountId });
        }
        return { url: await connect.link(accountId, back) };
      });
    },

    /** A seller's account, as Stripe says while it is not ready (unless asked very often), and their money. */
    async seller(userId: string): Promise<SellerBody> {
      const known = await store.readSeller(userId);
      const sums = { feePercent, ...(await moneyOf(userId, known)) };
      if (!known?.accountId) return { state: 'none', wants: [], currency: null, country: null, ...sums };
      if (!known.isReady && (await consume(questions, userId)) === 0) {
        const { accountId } = known;
        const fresh = await ask(userId, () => connect.readAccount(accountId));
        await learn(userId, fresh);
        Object.assign(known, fresh);
      }
      const { wants, currency, country } = known;
      const state = known.isReady ? 'ready' : known.isRefused ? 'restricted' : 'incomplete';
      return { state, wants, currency, country, ...sums };
    },

    /** What everybody may know of a seller, by what is known here. */
    async profile(userId: string): Promise<SellerProfileBody> {
      return { isConfirmed: (await store.readSeller(userId))?.isReady ?? false };
    },

    /** Reads an account that changed at Stripe. */
    async refresh(accountId: string) {
      const seller = await sellerOf(accountId);
      if (seller) await learn(String(seller._id), await connect.readAccount(accountId));
    },
  };
}

/** Stripe's silence as an answer to a request. */
export const asRefusal = (error: unknown) => {
  throw error instanceof Unavailable ? new Refusal('unavailable', { retryAfter: 3 }) : error;
};
