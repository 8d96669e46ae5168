import type { Logger } from '@ticketing/common';
import { Counter } from 'prom-client';
import type { Alarm } from './domain/settling';

const alarms = new Counter({
  name: 'ticketing_payment_alarms_total',
  help: 'Payment problems that need a person',
  labelNames: ['kind'],
});

const words: Record<Alarm, string> = {
  'charged-without-order': 'charged without a won order: refunding',
  'partial-capture': 'someone else captured only a part: refunding',
  'partial-refund': 'someone else refunded a part',
  'refund-failed': 'the bank rejected a refund: requesting it again',
  'payout-failed': 'a seller cannot be paid: trying again',
  'payout-not-reversed': 'the payout of a refunded sale could not be reversed: the seller owes it',
  'debt-settled-twice': 'someone else reversed a transfer whose debt was already settled: the seller paid twice',
  'payment-lost': 'the payment of an order is not here: its money is to be looked after at Stripe',
  ledger: 'a payment does not add up, or differs from Stripe',
  disputed: 'the buyer disputes the charge',
};

/** Alerts a person to a problem. */
export function alarm(log: Logger, kind: Alarm, details: object): void {
  alarms.inc({ kind });
  log.error({ ...details, alarm: kind }, words[kind]);
}
