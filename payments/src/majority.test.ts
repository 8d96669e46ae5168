import { concernsOf, newId, startMongo } from '@ticketing/common/testing';
import { readAround, readPage } from './auditStore';
import { hasOpenShares } from './leavingStore';
import { readHinted } from './lookups';
import { readFrozenAt } from './people';
import { loadSeller } from './sellerStore';
import { loadPayment, Orders, Payments, readOrder, readSeller, Sellers, Users } from './store';

let mongo: Awaited<ReturnType<typeof startMongo>>;
beforeAll(async () => (mongo = await startMongo(Payments, Orders, Users, Sellers)));
afterAll(() => mongo.stop());

test.each<[string, string[], () => Promise<unknown>]>([
  ['an order that money is moved for', ['orders'], () => readOrder(newId())],
  ['a payment that is about to change', ['payments'], async () => loadPayment(newId())],
  ["the payment of a webhook's intent", ['payments'], () => readHinted({ stripeId: 'pi_1' })],
  ["the payment of a webhook's order", ['payments'], () => readHinted({ orderId: newId() })],
  ['the seller of a payout', ['sellers'], () => readSeller(newId())],
  ['a seller that is about to change', ['sellers'], () => loadSeller(newId())],
  ['whether an account is frozen', ['users'], () => readFrozenAt(newId())],
  ['whether a seller is owed anything', ['payments'], () => hasOpenShares(newId())],
  ['the payments of an audit', ['payments'], () => readPage(null, 10)],
  ['what the payments of an audit depend on', ['orders', 'sellers'], () => readAround([])],
])('%s is read from a majority', async (_what, collections, read) => {
  expect((await concernsOf(read)).sort()).toEqual(collections.map((name) => `${name} majority`));
});
