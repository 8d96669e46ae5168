import type { OrderBody } from '@ticketing/common';
import { toMinor } from '@ticketing/common/contract/money';
import { eventually } from './eventually';
import type { Person } from './people';
import type { System } from './stack';

/** Waits until an order is complete: the ticket sold to it, and paid for once. */
export async function expectSold({ bank }: System, buyer: Person, { id, ticket }: OrderBody): Promise<void> {
  await eventually(async () => {
    expect(await buyer.order(id)).toMatchObject({ status: 'complete' });
    expect(await buyer.ticket(ticket.id)).toMatchObject({ status: 'sold', orderId: id });
    expect(await bank.moneyOf(id)).toMatchObject({ captured: toMinor(ticket.price), held: 0, refunded: 0 });
  });
}

/** Waits until an order is cancelled: the ticket released, nothing charged and nothing held. */
export async function expectReleased({ bank }: System, buyer: Person, { id, ticket }: OrderBody): Promise<void> {
  await eventually(async () => {
    expect(await buyer.order(id)).toMatchObject({ status: 'cancelled' });
    expect((await buyer.ticket(ticket.id)).orderId).not.toBe(id);
    expect(await bank.moneyOf(id)).toMatchObject({ captured: 0, held: 0, refunded: 0 });
  });
}

/** Waits until an order has ended, either way, with nothing left over. Returns which way. */
export async function expectSettled(
  system: System,
  buyer: Person,
  order: OrderBody,
): Promise<'complete' | 'cancelled'> {
  const { status } = await eventually(async () => {
    const now = await buyer.order(order.id);
    expect(['complete', 'cancelled']).toContain(now.status);
    return now;
  });
  if (status === 'complete') {
    await expectSold(system, buyer, order);
    return status;
  }
  await expectReleased(system, buyer, order);
  return 'cancelled';
}
