import { aHeldTicket, aHold, anEvent, aTicket, newId } from '@ticketing/common/testing';
import type { OrderData, Subject, TicketData } from '@ticketing/common/contract';
import type { Kind, Owed } from './facts';
import { owedFor, type OwingSubject } from './messages';

const [buyer, seller] = [newId(), newId()];
const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString();
const order = (changes: Partial<OrderData> = {}, delivery: 'now' | 'later' | null = null) =>
  aHold({
    userId: buyer,
    ticket: aHeldTicket({ userId: seller, delivery }),
    status: 'complete',
    completedAt: at(0),
    ...changes,
  });
const claim = {
  reason: 'not-admitted' as const,
  status: 'open' as const,
  openedAt: at(1),
  answerBy: at(73),
  answeredAt: null,
  decidedAt: null,
};
const owed = (data: OrderData, subject: Subject & OwingSubject = 'order:completed') =>
  owedFor(anEvent(subject, 3, data as never) as never);
/** Kinds and recipients, without reminders that are void. */
const told = (messages: Owed[]): [Kind, string][] =>
  messages.filter(({ isVoid }) => !isVoid).map(({ kind, to }) => [kind, to === buyer ? 'buyer' : 'seller']);
const sale: [Kind, string][] = [
  ['bought', 'buyer'],
  ['sold', 'seller'],
];

test.each<[string, OrderData, [Kind, string][]]>([
  ['is sold', order(), sale],
  ['was promised, without a deadline yet', order({}, 'later'), [['bought', 'buyer']]],
  ['was promised', order({ deliverBy: at(24) }, 'later'), [...sale, ['missing', 'seller']]],
  ['was promised, but handed over before the sale', order({ deliveredAt: '2025-12-31T00:00:00.000Z' }, 'later'), sale],
  ['is handed over', order({ deliveredAt: at(2) }, 'later'), [...sale, ['delivered', 'buyer']]],
  ['is claimed', order({ claim }), [...sale, ['claimed', 'seller']]],
  [
    'is answered',
    order({ claim: { ...claim, status: 'answered', answeredAt: at(2) } }),
    [...sale, ['claimed', 'seller'], ['answered', 'buyer']],
  ],
  [
    'is decided for its seller',
    order({ claim: { ...claim, status: 'pay', decidedAt: at(2) } }),
    [...sale, ['claimed', 'seller'], ['decided', 'buyer'], ['decided', 'seller']],
  ],
  [
    'is decided for its buyer',
    order({
      status: 'refunded',
      reason: 'claim',
      refundedAt: at(2),
      claim: { ...claim, status: 'refund', decidedAt: at(2) },
    }),
    [...sale, ['claimed', 'seller'], ['decided', 'buyer'], ['decided', 'seller']],
  ],
  [
    'is refunded by its seller, whatever was claimed',
    order({
      status: 'refunded',
      reason: 'seller',
      refundedAt: at(2),
      claim: { ...claim, status: 'refund', decidedAt: at(2) },
    }),
    [...sale, ['refunded', 'buyer'], ['refunded', 'seller'], ['claimed', 'seller']],
  ],
  [
    'is refunded because its delivery is missing',
    order({ status: 'refunded', reason: 'not-delivered', refundedAt: at(24), deliverBy: at(24) }, 'later'),
    [...sale, ['refunded', 'buyer'], ['refunded', 'seller']],
  ],
  [
    'is refunded before it was sold',
    order({ status: 'refunded', reason: 'dashboard', refundedAt: at(2), completedAt: null }),
    [['refunded', 'buyer']],
  ],
])('of an order that %s', (_what, data, expected) => {
  expect(told(owed(data))).toEqual(expected);
});

test('any event of an order causes its messages', () => {
  const data = order({ deliveredAt: at(2), claim });
  for (const subject of ['order:claimed', 'order:released', 'order:refunded'] as const)
    expect(told(owed(data, subject))).toEqual(told(owed(data)));
});

test('each is owed since the moment it reports, and addresses its reader in their role', () => {
  const data = order({ status: 'refunded', reason: 'seller', refundedAt: at(9) });
  const refunds = owed(data).filter(({ kind }) => kind === 'refunded');
  expect(refunds).toMatchObject([
    { to: buyer, at: new Date(at(9)), facts: { role: 'buyer', reason: 'seller' } },
    { to: seller, at: new Date(at(9)), facts: { role: 'seller' } },
  ]);
});

test('a reminder comes six hours before the deadline, or halfway to it, and is void once there is nothing left to hand over', () => {
  const reminder = (changes: Partial<OrderData>) =>
    owed(order(changes, 'later')).find(({ kind }) => kind === 'missing');
  expect(reminder({ deliverBy: at(24) })).toMatchObject({ to: seller, notBefore: new Date(at(18)) });
  expect(reminder({ deliverBy: at(4) })).toMatchObject({ notBefore: new Date(at(2)) });
  expect(reminder({ deliveredAt: at(2) })).toMatchObject({ isVoid: true });
  expect(reminder({ deliverBy: at(24), status: 'refunded', reason: 'seller', refundedAt: at(3) })).toMatchObject({
    isVoid: true,
  });
});

test('a seller is told what happened to their money', () => {
  const data = {
    ...{ id: newId(), orderId: newId(), userId: seller, title: 'Concert', amount: 1_900, settled: 0 },
    ...{ reason: null, at: at(1) },
  };
  expect(owedFor(anEvent('payout:paid', 4, data))).toMatchObject([{ kind: 'paid', about: data.orderId, to: seller }]);
  expect(owedFor(anEvent('payout:failed', 4, data))).toMatchObject([{ kind: 'unpaid', about: data.orderId }]);
});

test('a seller is told of a listing that the support desk withdrew, and of no other', () => {
  const listing = (changes: Partial<TicketData>) => aTicket({ userId: seller, title: 'Concert', ...changes });
  const told = (data: TicketData) => owedFor(anEvent('ticket:withdrawn', 3, data));
  const gone = listing({ status: 'withdrawn', withdrawnAt: at(2), withdrawnBy: 'support' });
  expect(told(gone)).toEqual([
    {
      ...{ kind: 'withdrawn', about: gone.id, to: seller, at: new Date(at(2)) },
      facts: { listingId: gone.id, title: 'Concert' },
    },
  ]);
  for (const withdrawnBy of ['seller', 'freeze'] as const) expect(told({ ...gone, withdrawnBy })).toEqual([]);
  // One that was withdrawn before that was published.
  expect(told({ ...gone, withdrawnAt: null })).toEqual([]);
  expect(told(listing({ withdrawing: true, status: 'held' }))).toEqual([]);
});
