import type { SupportOrderBody } from '@ticketing/common/contract';
import { anOrder } from '@/lib/buy/testing';
import { groupsOf, type Queues } from './queue';

const nobody: Queues = {
  users: { messages: [], deadLetters: 0 },
  tickets: { reported: [], waiting: [], deadLetters: 0 },
  orders: { claims: [], proposals: [], deadLetters: 0 },
  payments: { payouts: [], findings: [], deadLetters: 0 },
};

const id = (digit: number) => `${digit}`.repeat(24);

function claimed(digit: number, openedAt: string, status: 'open' | 'answered'): SupportOrderBody {
  const order = anOrder({ status: 'complete' });
  return {
    ...{ ...order, id: id(digit), sellerId: id(9), createdAt: openedAt, seq: 1, readAt: null, usedAt: null },
    ...{ proposal: null, decisions: [] },
    claim: {
      ...({ reason: 'not-admitted', text: null, status, openedAt, answerBy: openedAt } as const),
      ...{ answeredAt: null, decidedAt: null, answer: null },
    },
  };
}

const groupOf = (queues: Queues, name: string) => groupsOf(queues).find((group) => group.name === name);

test('what waits longest comes first, each with its next step', () => {
  const claims = [
    claimed(1, '2026-11-20T10:00:00.000Z', 'open'),
    claimed(2, '2026-11-18T10:00:00.000Z', 'answered'),
    claimed(3, '2026-11-19T10:00:00.000Z', 'open'),
  ];
  const group = groupOf({ ...nobody, orders: { claims, proposals: [], deadLetters: 0 } }, 'claims');
  expect(group?.items.map(({ key, next }) => [key[0], next])).toEqual([
    ['2', 'decide'],
    ['3', 'awaitAnswer'],
    ['1', 'awaitAnswer'],
  ]);
  expect(group?.items[0]?.href).toBe(`/support/orders/${id(2)}`);
});

test('a service that does not respond is missing only from its own groups', () => {
  const groups = groupsOf({ ...nobody, orders: undefined });
  const missing = Object.fromEntries(groups.map((group) => [group.name, group.missing]));
  expect(missing).toEqual({
    ...{ claims: ['orders'], proposals: ['orders'], reported: [], waiting: [], payouts: [], findings: [] },
    ...{ messages: [], deadLetters: ['orders'] },
  });
});

test('parked events are counted by service', () => {
  const queues = { ...nobody, orders: { claims: [], proposals: [], deadLetters: 3 } };
  expect(groupOf(queues, 'deadLetters')?.items).toMatchObject([
    { about: 'orders', count: 3, next: 'redrive', href: '/support/events#orders' },
  ]);
});

test('messages link to the account they are for, or to the one with the address', () => {
  const message = { kind: 'welcome', owedAt: '2026-11-18T10:00:00Z', dueAt: null, sentAt: null, problem: '550' };
  const messages = [
    { ...message, id: 'a', to: id(4), parkedAt: '2026-11-19T10:00:00Z' },
    { ...message, id: 'b', to: 'eve+1@example.com', parkedAt: '2026-11-18T11:00:00Z' },
  ];
  const group = groupOf({ ...nobody, users: { messages, deadLetters: 0 } }, 'messages');
  expect(group?.items.map(({ href }) => href)).toEqual([
    '/support?q=eve%2B1%40example.com',
    `/support/people/${id(4)}`,
  ]);
});
