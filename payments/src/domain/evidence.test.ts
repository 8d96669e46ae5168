import { evidenceOf } from './evidence';
import type { Order } from './payment';

const at = (day: number) => new Date(Date.UTC(2026, 10, day));
const sale = { orderId: '4711', refunded: 0 };
const order: Order = {
  userId: 'buyer',
  sellerId: 'seller',
  status: 'complete',
  expiresAt: at(1),
  price: 2_000,
  title: 'Blue Train',
  venue: 'Hall',
  city: null,
  startsAt: at(21),
  completedAt: at(1),
};

it('names the ticket, its event, and what its buyer did with it', () => {
  const evidence = evidenceOf(sale, { ...order, readAt: at(2), usedAt: at(21), releasedAt: at(22) }, 'ann@test.com');
  expect(evidence).toMatchObject({
    product_description: 'Ticket: Blue Train · Hall',
    service_date: '2026-11-21',
    customer_email_address: 'ann@test.com',
  });
  for (const fact of [
    'Order 4711',
    'opened the ticket',
    'used at the entrance',
    'never complained',
    'paying the seller',
  ])
    expect(evidence.uncategorized_text).toContain(fact);
});

it('claims nothing that did not happen', () => {
  const { uncategorized_text: text, ...others } = evidenceOf(
    sale,
    { ...order, claim: 'open', startsAt: null },
    undefined,
  );
  expect(Object.keys(others)).toEqual(['product_description']);
  for (const fact of ['opened the ticket', 'entrance', 'never complained', 'paying the seller'])
    expect(text).not.toContain(fact);
  expect(text).toContain('the claim is "open"');
});

it('says that the money was refunded', () => {
  const { uncategorized_text: text } = evidenceOf({ ...sale, refunded: 2_000 }, order, undefined);
  expect(text).toContain('we refunded the charge');
});
