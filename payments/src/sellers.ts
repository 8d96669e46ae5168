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
import type { AccountState, StripeConnect } from './connect';
import { debtOf } from './debts';
import { payoutTo, sellerEvents, type Bank } from './domain/seller';
import { sumsOfSeller } from './lists';
import { eraseContact } from './leavingStore';
import { sellerOf } from './lookups';
import { readConfirmedEmail } from './people';
import { fixContact, loadSeller, takeDue, writeAccount, type SellerDocument } from './sellerStore';
import { Sharing } from './sharing';
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
  const [answers, wakings] = [new Sharing<AccountState>(), new Sharing<unknown>()];

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

  /**
   * Writes what Stripe says of a seller's account, and tells where their payouts go, if that is new. Whoever has just
   * become ready is looked at next: what waited for it is paid soon, though we die before that is written.
   */
  const note = (seller: SellerDocument, bank: Bank | undefined, cause: Cause, fresh?: AccountState) => {
    const to = bank && payoutTo(seller, bank, now());
    const isNews = fresh?.isReady && !seller.isReady;
    const counted = fresh && { ...fresh, answers: (seller.answers ?? 0) + 1 };
    seller.set({ ...counted, ...(to && { payoutTo: to }), ...(isNews && { checkAt: now() }) });
    return outbox.commit(seller, to ? sellerEvents(seller.id as string, { payoutTo: to }) : [], cause);
  };

  /**
   * Asks Stripe about a seller's account, and writes the answer, even if it is nothing new, unless another one was
   * written meanwhile: that may be newer, so Stripe is asked again.
   */
  const follow = (userId: string, accountId: string, cause: Cause) =>
    retryConflicts(async () => {
      const seller = await loadSeller(userId);
      const bank = await connect.readBank(accountId);
      if (seller?.accountId === accountId) await note(seller, bank, cause);
    });

  /** The same for all that Stripe says of it. Many webhooks at once would only make each other's answers void. */
  const learn = (userId: string, accountId: string, cause: Cause) =>
    answers.run(accountId, () => {
      let enough: number | undefined;
      return retryConflicts(async () => {
        const seller = await loadSeller(userId);
        const isTheirs = seller?.accountId === accountId;
        // The later of two answers that other processes have written meanwhile was asked for after ours.
        if (isTheirs && (seller.answers ?? 0) >= (enough ??= (seller.answers ?? 0) + 2)) return seller.toObject();
        const fresh = await connect.readAccount(accountId);
        const bank = fresh.isReady ? await connect.readBank(accountId) : undefined;
        if (isTheirs) await note(seller, bank, cause, fresh);
        return fresh;
      });
    });

  /** Also wakes what waited for it. */
  const resume = async (userId: string, accountId: string, cause: Cause) => {
    const fresh = await learn(userId, accountId, cause);
    if (fresh.isReady) await wakings.run(userId, () => checks.wake(userId, now()));
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
    learn,

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
        await writeAccount(userId, former, { accountId, isReady: false, isRefused: false });
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
        Object.assign(known, await ask(who, () => resume(userId, accountId, cause)));
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
          await writeAccount(userId, seller.accountId, { checkAt: new Date(now().getTime() + LOOKS_AGAIN) });
          failed.push(error);
          inARow++;
        }
      }
      if (failed.length > 0) throw failed.length === 1 ? failed[0] : new AggregateError(failed);
    },

    /** Reads an account that changed at Stripe. */
    async refresh(accountId: string, cause: Cause) {
      const seller = await sellerOf(accountId);
      if (seller) await resume(String(seller._id), accountId, cause);
    },
  };
}

export type Sellers = ReturnType<typeof createSellers>;

/** Stripe's silence as an answer to a request. */
export const asRefusal = (error: unknown) => {
  throw error instanceof Unavailable ? new Refusal('unavailable', { retryAfter: 3 }) : error;
};
