import { deskCookieOf, newId, profiledDesk } from '@ticketing/common/testing';
import mongoose from 'mongoose';
import request from 'supertest';
import { Messages, Sessions, Users } from './store';
import { startAuth } from './testing';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => (auth = await startAuth()));
afterAll(() => auth.stop());

const [COUNT, MANY] = [1_000, 120];
const soon = new Date(Date.now() + 86_400_000);
const ago = (days: number) => new Date(Date.now() - days * 86_400_000);
const times = <T>(count: number, make: (at: number) => T) => Array.from({ length: count }, (_, at) => make(at));

/** Many people with messages, some of them given up; one person has enough to fill every page. */
async function fill() {
  const { id } = await auth.signUp('ann@test.com');
  const ids = times(COUNT, () => new mongoose.Types.ObjectId());
  const message = (to: string, at: number) => ({
    ...{ _id: `${to}/device/${newId()}`, kind: 'device', to, facts: {}, tries: 1, owedAt: ago(at % 50) },
    ...(at % 4 ? { sentAt: ago(0) } : { parkedAt: ago(at % 50) }),
  });
  await Users.collection.insertMany(
    ids.map((_id, at) => ({
      ...{ _id, version: 0, outbox: [], email: `person${at}@many.com`, passwordHash: 'none' },
      ...(at % 2 && { pendingEmail: `next${at}@many.com` }),
      formerEmails: [{ email: `former${at}@many.com`, until: soon }],
    })) as never[],
  );
  await Messages.collection.insertMany([
    ...ids.map((of, at) => message(of.toString(), at)),
    ...times(MANY, (at) => message(id, at)),
  ] as never[]);
  const session = (userId: string) => ({
    ...{ userId, generation: 0, version: 0, outbox: [], lastUsedAt: ago(0), expiresAt: soon },
  });
  await Sessions.collection.insertMany(ids.map((of) => session(of.toString())) as never[]);
  return id;
}

test('each page of the desk reads about what it shows, however many people there are', async () => {
  const id = await fill();
  const pages = {
    people: [id, 'ann@test.com', 'former7@many.com', 'next7@many.com', 'nobody@many.com'].map(
      (q) => `people?${new URLSearchParams({ q }).toString()}`,
    ),
    'people/{id}': [`people/${id}`],
    messages: [`messages?to=${id}`, `messages?about=${id}`],
    queue: ['queue'],
  };
  const { read, wasteful } = await profiledDesk('/api/users/support', pages, (path) =>
    request(auth.app).get(path).set('Cookie', deskCookieOf()).expect(200),
  );
  // Besides what the service reads in the background.
  expect([...read]).toEqual(expect.arrayContaining(['users', 'sessions', 'messages', 'deadletters']));
  expect(wasteful).toEqual([]);
});
