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
  'partial-capture': 'only a part was captured, by someone else: refunding',
  'partial-refund': 'a part was refunded by someone else',
  'refund-failed': 'the bank rejected a refund: requesting it again',
  'payout-failed': 'a seller cannot be paid: trying again',
  'payout-not-reversed': 'an undone sale was paid, and its seller no longer has the money: they owe it',
  'debt-settled-twice': 'a transfer was reversed by someone else after its debt was settled: the seller paid twice',
  ledger: 'a payment does not add up, or is not what Stripe says',
  disputed: 'the buyer disputes the charge',
};

/** Alerts a person to a problem. */
export function alarm(log: Logger, kind: Alarm, details: object): void {
  alarms.inc({ kind });
  log.error({ ...details, alarm: kind }, words[kind]);
}
