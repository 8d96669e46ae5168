import { model, Schema } from 'mongoose';
import { aggregate, type Aggregate } from './aggregate';
import { Audit, checkAudit } from './audit';
import { tellAll } from './republish';
import { sweep } from './sweep';
import { concernsOf, quiet, startMongo } from './testing';

const schema = new Schema<Aggregate>();
schema.plugin(aggregate);
const Things = model('MajorityThing', schema);

let mongo: Awaited<ReturnType<typeof startMongo>>;
beforeAll(async () => (mongo = await startMongo(Things, Audit)));
afterAll(() => mongo.stop());

const publish = () => Promise.reject(new Error('There is nothing to publish'));

test.each<[string, string, () => Promise<unknown>]>([
  ['what a sweep publishes', 'majoritythings', () => sweep(Things, new Date().toISOString(), publish)],
  [
    'what is published again',
    'majoritythings',
    () => tellAll({ publish }, [{ model: Things, snapshot: () => undefined }], quiet),
  ],
  ['an audit log that is checked', 'audit', () => checkAudit([])],
])('%s is read from a majority', async (_what, collection, read) => {
  expect(await concernsOf(read)).toEqual([`${collection} majority`]);
});
