import type Stripe from 'stripe';
import { answered, answeredOf, isRejected, refusalOf, unlessLeft } from './answers';
import type { Payout } from './domain/ledger';
import type { Payment } from './domain/payment';
import type { Bank } from './domain/seller';

/** What Stripe says of a seller's account. */
export interface AccountState {
  isReady: boolean;
  isRefused: boolean;
  /** What the seller still has to give, as Stripe names it. */
  wants: string[];
  currency: string | null;
  country: string | null;
}

/** Sellers' accounts and transfers to them (Stripe Connect: Accounts v2, separate charges and transfers). */
export function stripeConnect(stripe: Stripe, currency: string) {
  return {
    /** Creates a seller's account, in place of one that has left, if any; a repeat returns the same one. */
    createAccount: (userId: string, email: string | undefined, former: string | null) =>
      answered(async () => {
        const { id } = await stripe.v2.core.accounts.create(
          {
            ...(email && isPlain(email) && { contact_email: email }),
            dashboard: 'express',
            defaults: { responsibilities: { fees_collector: 'application', losses_collector: 'application' } },
            configuration: {
              recipient: { capabilities: { stripe_balance: { stripe_transfers: { requested: true } } } },
            },
            metadata: { userId },
          },
          { idempotencyKey: ['seller', userId, ...(former ? [former] : [])].join('-') },
        );
        return id;
      }),

    /** A fresh link to Stripe's pages, which lead back to `url`; undefined if the account has left. */
    link: (account: string, url: string) =>
      answeredOf(undefined, async () => {
        const onboarding = { refresh_url: url, return_url: url };
        const made = await stripe.v2.core.accountLinks.create({
          account,
          use_case: { type: 'account_onboarding', account_onboarding: onboarding },
        });
        return made.url;
      }),

    readAccount: (account: string): Promise<AccountState> =>
      answeredOf(gone, async () => {
        const { configuration, requirements, defaults, identity } = await stripe.v2.core.accounts.retrieve(account, {
          include: ['configuration.recipient', 'requirements', 'defaults', 'identity'],
        });
        const status = configuration?.recipient?.capabilities?.stripe_balance?.stripe_transfers?.status;
        const entries = requirements?.entries ?? [];
        return {
          isReady: status === 'active',
          isRefused: status === 'rejected' || status === 'unsupported',
          wants: entries.filter((entry) => entry.awaiting_action_from === 'user').map((entry) => entry.description),
          currency: defaults?.currency ?? null,
          country: identity?.country ?? null,
        };
      }),

    /** The bank account that a seller's payouts go to; undefined if there is none, or Stripe does not say. */
    readBank: async (account: string): Promise<Bank | undefined> => {
      const banks = await answeredOf({ data: [] }, () =>
        stripe.accounts.listExternalAccounts(account, { object: 'bank_account', limit: 100 }),
      ).catch((error: unknown) => {
        if (isRejected(error)) return { data: [] };
        throw error;
      });
      const known = banks.data.filter((bank): bank is Stripe.BankAccount => bank.object === 'bank_account');
      const used = known.find((bank) => bank.default_for_currency && bank.currency === currency) ?? known[0];
      return used && { key: used.fingerprint ?? used.id, last4: used.last4 };
    },

    /** Transfers a seller's share, once for each attempt; `reason` is why Stripe refused. */
    transfer: (payment: Payment, payout: Payout): Promise<Transferred> =>
      answered(async () => {
        const { latest_charge: charge } = await stripe.paymentIntents.retrieve(payment.stripeId ?? '');
        const source = typeof charge === 'string' ? charge : (charge?.id ?? '');
        try {
          const { id } = await stripe.transfers.create(
            {
              amount: payout.amount,
              currency,
              destination: payout.accountId ?? '',
              source_transaction: source,
              transfer_group: payment.orderId,
              metadata: { orderId: payment.orderId },
            },
            { idempotencyKey: `${payment.orderId}-payout-${payout.attempt}` },
          );
          return { transferId: id };
        } catch (error) {
          return { reason: refusalOf(error) };
        }
      }),

    /** The transfers of an order that were made: one, if any. */
    findTransfers: (orderId: string): Promise<Made[]> =>
      answered(async () => {
        const { data } = await stripe.transfers.list({ transfer_group: orderId, limit: 100 });
        return data.filter(({ metadata }) => metadata.orderId === orderId).map(toMade);
      }),

    /** How much of a transfer is back. */
    reversedOf: (transferId: string) =>
      answered(async () => (await stripe.transfers.retrieve(transferId)).amount_reversed),

    /**
     * Takes a transfer back as far as the seller still has the money. Returns how much of it is back in all: Stripe never
     * reverses more than was sent.
     */
    reverse: (orderId: string, { transferId, accountId }: Payout) =>
      answered(async () => {
        const id = transferId ?? '';
        const take = (amount?: number) =>
          stripe.transfers
            .createReversal(id, amount ? { amount } : {}, { idempotencyKey: `${orderId}-reverse-${Date.now()}` })
            .catch(refusalOf);
        if ((await take()) === 'balance_insufficient') {
          const balance = await unlessLeft({ available: [] }, () =>
            stripe.balance.retrieve({}, { stripeAccount: accountId ?? '' }),
          );
          const left = balance.available.find((one) => one.currency === currency)?.amount ?? 0;
          if (left > 0) await take(left);
        }
        return (await stripe.transfers.retrieve(id)).amount_reversed;
      }),
  };
}

/** Stripe accepts only ASCII addresses. */
export const isPlain = (email: string) => /^[\x21-\x7e]+$/.test(email);

/** What is to be said of an account that has left. */
const gone: AccountState = { isReady: false, isRefused: true, wants: [], currency: null, country: null };

/** A transfer that was made, or why Stripe refused it. */
export type Transferred = { transferId: string } | { reason: string };

/** A transfer at Stripe, in minor units. */
export interface Made {
  id: string;
  amount: number;
  reversed: number;
}

const toMade = ({ id, amount, amount_reversed: reversed }: Stripe.Transfer): Made => ({ id, amount, reversed });

export type StripeConnect = ReturnType<typeof stripeConnect>;
