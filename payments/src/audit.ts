import { isOutage, type Cause, type Logger } from '@ticketing/common';
import { Gauge } from 'prom-client';
import { alarm } from './alarms';
import { isRejected, Unavailable } from './answers';
import * as laps from './auditStore';
import { debtProblems, differences, isComparable, isStuck, problemsOf, type Truth } from './domain/audit';
import { accounts, sumsOf } from './domain/ledger';
import { isReleaseLate } from './domain/unheard';
import { readPayment, type StoredPayment } from './store';
import type { StripeClient } from './stripe';

/** Payments per run, and how many of them Stripe is asked about. */
const AT_ONCE = { read: 200, asked: 5 };

const isTaken = ({ status }: StoredPayment) => status === 'captured' || status === 'refunded';

const violations = new Gauge({
  name: 'ticketing_ledger_violations',
  help: 'Payments that do not add up, or differ from Stripe',
});
const totals = new Gauge({
  name: 'ticketing_ledger_minor_units',
  help: 'Account balances over all payments, as of the last audit',
  labelNames: ['account'],
});

/**
 * Goes through all payments, slowly and forever, in one process at a time: does each add up, and match Stripe?
 * Differences from Stripe are settled; what remains is a violation until it is found correct again.
 */
export function createAudit(
  stripe: StripeClient,
  settle: (orderId: string, cause: Cause, look?: boolean) => Promise<void>,
  log: Logger,
  now: () => Date,
) {
  const truthOf = async ({ orderId, stripeId }: StoredPayment): Promise<Truth> => {
    const [outcome, transfers] = await Promise.all([
      stripe.inspect(stripeId ?? ''),
      stripe.connect.findTransfers(orderId),
    ]);
    const transferred = transfers.reduce((sum, { amount, reversed }) => sum + amount - reversed, 0);
    return { ...outcome, transferred };
  };

  const settled = async ({ orderId }: StoredPayment, look: boolean) => {
    await settle(orderId, { trace: `audit-${orderId}` }, look);
    return readPayment(orderId);
  };

  /** The differences between a payment and the current documents of its order and its seller. */
  const around = async (payment: StoredPayment) => {
    const { orders, sellers } = await laps.readAround([payment]);
    const [order, seller] = [orders.get(payment.orderId), sellers.get(payment.sellerId ?? '')];
    const again = await readPayment(payment.orderId);
    if (again?.version !== payment.version) return [];
    const stuck = order && isStuck(payment, order) ? ['it rests, though something is to be done'] : [];
    return [...stuck, ...debtProblems(payment, seller ?? {})];
  };

  /** What is wrong with a payment, after an attempt to settle it; `asked` says whether Stripe had to be asked. */
  const check = async (found: StoredPayment, { orders, sellers }: laps.Around) => {
    // Older than ledgers: the first check writes it.
    const payment = found.ledger?.length || !isTaken(found) ? found : await settled(found, false);
    if (!payment) return { problems: [], asked: false };
    const order = orders.get(payment.orderId);
    if (order && (isStuck(payment, order) || (isTaken(payment) && isReleaseLate(payment, order, now())))) {
      const again = await settled(payment, true);
      return { problems: again ? [...problemsOf(again, now()), ...(await around(again))] : [], asked: true };
    }
    const isDebtor = debtProblems(payment, sellers.get(payment.sellerId ?? '') ?? {}).length > 0;
    const own = [...problemsOf(payment, now()), ...(isDebtor ? await around(payment) : [])];
    if (own.length > 0 || !isComparable(payment, now())) return { problems: own, asked: false };
    if (differences(payment, await truthOf(payment)).length === 0) return { problems: [], asked: true };
    const again = await settled(payment, true);
    const isAtRest = again && isComparable(again, now());
    return { problems: isAtRest ? differences(again, await truthOf(again)) : [], asked: true };
  };

  /** A payment that cannot be checked does not block the others, and is itself a violation. */
  const examine = async (payment: StoredPayment, known: laps.Around) => {
    try {
      return { ...(await check(payment, known)), has: sumsOf(payment.ledger ?? []) };
    } catch (error) {
      if (isOutage(error) || (error instanceof Unavailable && !isRejected(error))) throw error;
      log.error({ err: error, orderId: payment.orderId }, 'a payment cannot be checked');
      return { problems: ['it cannot be checked'], asked: true, has: sumsOf([]) };
    }
  };

  const walk = async (lap: laps.Lap) => {
    const { sums, wrong } = laps.openLap(lap);
    let [cursor, left] = [lap.cursor, AT_ONCE.asked];
    const page = await laps.readPage(cursor, AT_ONCE.read);
    const known = await laps.readAround(page);
    for (const payment of page) {
      if (left === 0) break;
      const { problems, asked, has } = await examine(payment, known);
      if (asked) left--;
      if (problems.length > 0) {
        const { orderId } = payment;
        wrong.set(orderId, { orderId, problem: problems.join('; '), at: wrong.get(orderId)?.at ?? now() });
        alarm(log, 'ledger', { orderId, problems });
      } else wrong.delete(payment.orderId);
      for (const account of accounts) sums[account] += has[account];
      cursor = payment._id;
    }
    const isDone = page.length < AT_ONCE.read && cursor?.toString() === (page.at(-1)?._id ?? cursor)?.toString();
    await laps.save(isDone ? { cursor: null, sums: null, totals: sums } : { cursor, sums }, [...wrong.values()]);
  };

  return async () => {
    const lap = await laps.take(now());
    // While Stripe is down, the same page is read again.
    if (lap)
      await walk(lap).catch((error: unknown) => {
        if (!(error instanceof Unavailable)) throw error;
      });
    const { totals: last, findings: found } = await laps.read();
    violations.set(found?.length ?? 0);
    for (const account of accounts) totals.set({ account }, last?.[account] ?? 0);
  };
}
