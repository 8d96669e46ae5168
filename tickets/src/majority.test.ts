import { concernsOf, newId, startMongo } from '@ticketing/common/testing';
import { findWritten, hasOpen } from './leavingStore';
import { findDue, Tickets, Users } from './store';
import { hearFrozen, readLeavers } from './userStore';

let mongo: Awaited<ReturnType<typeof startMongo>>;
beforeAll(async () => (mongo = await startMongo(Tickets, Users)));
afterAll(() => mongo.stop());

test.each<[string, string, () => Promise<unknown>]>([
  ['tickets that were not handed over in time', 'tickets', () => findDue(new Date()).toArray()],
  ['whether a leaver has open listings', 'tickets', () => hasOpen(newId())],
  ["a leaver's listings that are not erased", 'tickets', () => findWritten(newId()).toArray()],
  ['which accounts will be deleted', 'users', () => readLeavers([newId()])],
  ['which accounts are frozen', 'users', () => hearFrozen([newId()], new Date())],
])('%s: read from a majority', async (_what, collection, read) => {
  expect(await concernsOf(read)).toEqual([`${collection} majority`]);
});
