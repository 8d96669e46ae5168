import { Refusal, type SellerBody } from '@ticketing/common';
import { Unavailable } from './answers';
import type { StripeConnect } from './connect';
import * as store from './store';

const nothing = { waiting: 0, onTheWay: 0, paid: 0, debt: 0 };

/** Sellers' accounts at Stripe. */
export function createSellers(connect: StripeConnect, feePercent: number) {
  return {
    /** A link to Stripe's pages where a seller sets up their payouts, which lead back to `back`. */
    async onboard(userId: string, back: string): Promise<{ url: string }> {
      const seller = await store.readSeller(userId);
      let accountId = seller?.accountId;
      if (!accountId) {
        await store.writeSeller(userId, {});
        accountId = await connect.createAccount(userId, await store.readEmail(userId)).catch(asRefusal);
        await store.writeSeller(userId, { accountId });
      }
      return { url: await connect.link(accountId, back).catch(asRefusal) };
    },

    /** A seller's account, as Stripe says while it is not ready. */
    async seller(userId: string): Promise<SellerBody> {
      const known = await store.readSeller(userId);
      if (!known?.accountId) return { state: 'none', wants: [], currency: null, country: null, feePercent, ...nothing };
      if (!known.isReady) {
        const fresh = await connect.readAccount(known.accountId).catch(asRefusal);
        await store.writeSeller(userId, fresh);
        Object.assign(known, fresh);
      }
      const { wants, currency, country } = known;
      const state = known.isReady ? 'ready' : known.isRefused ? 'restricted' : 'incomplete';
      return { state, wants, currency, country, feePercent, ...nothing };
    },

    /** Reads an account that changed at Stripe. */
    async refresh(accountId: string) {
      const seller = await store.sellerOf(accountId);
      if (seller) await store.writeSeller(String(seller._id), await connect.readAccount(accountId));
    },
  };
}

/** Stripe's silence as an answer to a request. */
export const asRefusal = (error: unknown) => {
  throw error instanceof Unavailable ? new Refusal('unavailable', { retryAfter: 3 }) : error;
};
