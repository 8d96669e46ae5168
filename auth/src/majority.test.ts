import { concernsOf, startMongo } from '@ticketing/common/testing';
import { findUntold } from './leavingStore';
import { Users } from './store';

let mongo: Awaited<ReturnType<typeof startMongo>>;
beforeAll(async () => (mongo = await startMongo(Users)));
afterAll(() => mongo.stop());

test('leavers that are told of again are read from a majority', async () => {
  expect(await concernsOf(() => findUntold(new Date(), 10))).toEqual(['users majority']);
});
