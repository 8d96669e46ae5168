import { concernsOf, newId, startMongo } from '@ticketing/common/testing';
import { readUnsettled } from './leavingStore';
import { findDue, findDueSales, Orders } from './store';

let mongo: Awaited<ReturnType<typeof startMongo>>;
beforeAll(async () => (mongo = await startMongo(Orders)));
afterAll(() => mongo.stop());

test.each<[string, number, () => Promise<unknown>]>([
  ['orders due for another check', 1, () => findDue(new Date())],
  ['sales whose time has come', 1, () => findDueSales(new Date())],
  ['what a leaver has open', 5, () => readUnsettled(newId())],
])('%s are read from a majority', async (_what, reads, read) => {
  expect(await concernsOf(read)).toEqual(Array(reads).fill('orders majority'));
});
