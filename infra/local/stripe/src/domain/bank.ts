import { createHash } from 'node:crypto';
import type { Account, BankAccount, Context, DomainEvent } from './objects';

/** Stripe's test account that takes every payout (Stripe docs: "Testing Connect"). */
export const TEST_BANK = '000123456789';

/**
 * A seller names the bank account that their payouts go to (Stripe docs: "The external account object"). The previous
 * one stays, but is no longer the default.
 */
export function nameBank(
  account: Account,
  number: string,
  before: readonly BankAccount[],
  context: Context,
): { banks: BankAccount[]; events: DomainEvent[] } {
  const made: BankAccount = {
    id: context.newId('ba'),
    object: 'bank_account',
    account: account.id,
    account_holder_name: null,
    account_holder_type: null,
    account_type: null,
    available_payout_methods: ['standard'],
    bank_name: 'STRIPE TEST BANK',
    country: (account.identity?.country ?? 'us').toUpperCase(),
    created: context.now,
    currency: account.defaults?.currency ?? 'usd',
    customer: null,
    default_for_currency: true,
    fingerprint: createHash('sha256').update(number).digest('hex').slice(0, 16),
    last4: number.slice(-4),
    metadata: {},
    routing_number: '110000000',
    status: 'new',
  };
  const others = before.map((bank) => ({ ...bank, default_for_currency: false }));
  return {
    banks: [...others, made],
    events: [{ type: 'account.external_account.created', object: made, account: account.id }],
  };
}

/** The bank accounts of a connected account. */
export const banksOf = (all: readonly BankAccount[], account: string) => all.filter((bank) => bank.account === account);
