import mongoose from 'mongoose';
import { dropLettersOf, mongoDeadLetters } from './deadletters';
import { anEvent, newId, startMongo } from './testing';

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

test("stores an event's text and last error, and the same text only once", async () => {
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

describe('events about a deleted account', () => {
  const named = (id: string, version = 1) =>
    JSON.stringify(anEvent('user:updated', version, { id, email: `${id}@test.com`, confirmedAt: null }));
  const owed = (id: string) =>
    JSON.stringify(
      anEvent('message:owed', 1, {
        ...{ kind: 'move', about: `${id}/1`, to: id, at: new Date().toISOString() },
        facts: { sendTo: 'new@test.com' },
      }),
    );
  const fault = new Error('a fault');

  test('are not kept, whether parked earlier or later', async () => {
    const [gone, here] = [newId(), newId()];
    await mongoDeadLetters.park('user:updated', named(gone), fault);
    await dropLettersOf([gone]);
    await dropLettersOf([gone]);
    expect(await letters()).toEqual([]);
    await mongoDeadLetters.park('user:created', named(gone, 2), fault);
    await mongoDeadLetters.park('user:updated', named(gone, 3), fault);
    await mongoDeadLetters.park('user:updated', named(gone).slice(0, -20), fault);
    await mongoDeadLetters.park('message:owed', owed(gone), fault);
    expect(await letters()).toEqual([]);
    const kept = named(here);
    await mongoDeadLetters.park('user:updated', kept, fault);
    // The deletion itself names nobody, and must still be handled.
    const deleted = JSON.stringify(anEvent('user:deleted', 4, { id: gone, deletedAt: new Date().toISOString() }));
    await mongoDeadLetters.park('user:deleted', deleted, fault);
    expect((await letters()).map(({ text }) => text as string)).toEqual([kept, deleted]);
  });

  test('are not kept if parked at that moment', async () => {
    for (let count = 0; count < 30; count++) {
      const gone = newId();
      await Promise.all([mongoDeadLetters.park('user:updated', named(gone), fault), dropLettersOf([gone])]);
    }
    expect(await letters()).toEqual([]);
  });
});
