import mongoose from 'mongoose';
import { mongoDeadLetters } from './deadletters';
import { startMongo } from './testing';

let mongo: Awaited<ReturnType<typeof startMongo>>;
beforeAll(async () => {
  mongo = await startMongo();
});
afterEach(() => mongo.clear());
afterAll(() => mongo.stop());

const letters = () =>
  mongoose.connection
    .collection('deadletters')
    .find({}, { projection: { _id: 0 } })
    .toArray();

test("stores a letter's text and last error, and the same text only once", async () => {
  await mongoDeadLetters.park('user:created', 'a text', new Error('the first cause'));
  await mongoDeadLetters.park('user:created', 'a text', 'the second cause');
  await mongoDeadLetters.park('user:updated', 'a text', new Error('of another subject'));
  expect(await letters()).toEqual([
    { subject: 'user:created', text: 'a text', error: 'the second cause', parkedAt: expect.any(Date) as Date },
    {
      subject: 'user:updated',
      text: 'a text',
      error: expect.stringMatching(/of another subject\n +at /) as string,
      parkedAt: expect.any(Date) as Date,
    },
  ]);
});

test('redriving takes the oldest first, removes what was handled and keeps the rest', async () => {
  for (const text of ['one', 'two', 'three']) await mongoDeadLetters.park('user:created', text, new Error('then'));
  const offered: string[] = [];
  const handle = (_subject: string, text: string) => {
    offered.push(text);
    return text === 'two' ? Promise.reject(new Error('still')) : Promise.resolve();
  };
  expect(await mongoDeadLetters.redrive(handle)).toEqual({ done: 2, left: 1 });
  expect(offered).toEqual(['one', 'two', 'three']);
  expect(await letters()).toMatchObject([{ text: 'two' }]);
});
