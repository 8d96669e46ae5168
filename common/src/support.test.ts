import request from 'supertest';
import { Audit } from './audit';
import { mongoDeadLetters, ParkedEvents } from './deadletters';
import { sessions, type SessionKey } from './session';
import { supportRoutes } from './support';
import { createApp } from './http';
import { newId, profiled, quiet, refusal, startMongo } from './testing';

const person = { id: '6b012edf44ec20b89357d80f', email: 'desk@test' };
const desk = { sid: '6b012edf44ec20b89357d801', generation: 0, role: 'support' } satisfies SessionKey;
const known = sessions(['a key for tests'], { has: () => false });
const EVENT = '{"id":"1","aggregateId":"6b012edf44ec20b89357d802","data":{"email":"somebody@test"}}';

let mongo: Awaited<ReturnType<typeof startMongo>>;
let handled: string[];
let isHandled: boolean;
beforeAll(async () => (mongo = await startMongo(Audit, ParkedEvents)));
beforeEach(async () => {
  [handled, isHandled] = [[], true];
  await mongo.clear();
});
afterAll(() => mongo.stop());

const routes = supportRoutes('/api/orders', known, ({ text }) => {
  if (!isHandled) return Promise.reject(new Error('no such ticket'));
  handled.push(text);
  return Promise.resolve();
});
const app = createApp({ routes, missing: () => [], log: quiet });

const cookieOf = (key?: SessionKey) =>
  `session=${Buffer.from(JSON.stringify({ jwt: known.sign(person, key) })).toString('base64')}`;
const get = (path: string) => request(app).get(`/api/orders/support/${path}`);
const redrive = (id: string, body: object) =>
  request(app).post(`/api/orders/support/deadletters/${id}/redrive`).set('Cookie', cookieOf(desk)).send(body);

interface Parked {
  id: string;
}
async function park(): Promise<string> {
  await mongoDeadLetters.park('order:created', EVENT, new Error('no ticket yet\n    at somewhere'));
  const { body } = await get('deadletters').set('Cookie', cookieOf(desk)).expect(200);
  return (body as Parked[])[0]!.id;
}

test('is for the support desk alone', async () => {
  for (const path of ['audit', 'deadletters']) {
    await get(path).expect(401, refusal('sign-in-first'));
    await get(path).set('Cookie', cookieOf()).expect(403, refusal('support-only'));
    await get(path).set('Cookie', cookieOf(desk)).expect(200, []);
  }
  const id = await park();
  const path = `/api/orders/support/deadletters/${id}/redrive`;
  await request(app).post(path).send({ reason: 'why not' }).expect(401);
  await request(app).post(path).set('Cookie', cookieOf()).send({ reason: 'why not' }).expect(403);
  expect(handled).toEqual([]);
  await get('audit').set('Cookie', cookieOf(desk)).expect(200, []);
});

test('lists parked events without their contents', async () => {
  const id = await park();
  const { body } = await get('deadletters').set('Cookie', cookieOf(desk)).expect(200);
  expect(body).toEqual([
    {
      id,
      subject: 'order:created',
      aggregateId: '6b012edf44ec20b89357d802',
      problem: 'Error: no ticket yet',
      parkedAt: expect.any(String) as string,
    },
  ]);
});

test('handles a parked event again, and logs the reason', async () => {
  const id = await park();
  await redrive(id, {}).expect(400, refusal('text-length', 'reason', { field: 'Reason', min: 1, max: 1_000 }));
  await redrive(id, { reason: 'its ticket is there now' }).expect(204);
  expect(handled).toEqual([EVENT]);
  await redrive(id, { reason: 'again' }).expect(404, refusal('dead-letter-not-found'));
  const { body } = await get('audit').set('Cookie', cookieOf(desk)).expect(200);
  expect(body).toMatchObject([
    { number: 3, action: 'redrive', target: id, refusal: 'dead-letter-not-found' },
    { number: 2, action: 'redrive', target: id, refusal: null },
    { number: 1, by: person.id, target: id, reason: 'its ticket is there now', refusal: null },
  ]);
});

test('an event that fails again stays parked', async () => {
  const id = await park();
  isHandled = false;
  await redrive(id, { reason: 'try' }).expect(409, refusal('redrive-failed', undefined, { problem: 'no such ticket' }));
  isHandled = true;
  await redrive(id, { reason: 'once more' }).expect(204);
});

test('pages through the actions on one target', async () => {
  const one = await park();
  isHandled = false;
  await redrive(one, { reason: 'why' }).expect(409);
  await redrive(newId(), { reason: 'why' }).expect(404);
  await redrive(one, { reason: 'again' }).expect(409);
  const of = async (path: string) => {
    const answer = await get(`audit?${path}`).set('Cookie', cookieOf(desk)).expect(200);
    return { next: answer.headers.link, targets: (answer.body as { target: string }[]).map(({ target }) => target) };
  };
  const { next = '', targets } = await of(`target=${one}&limit=3`);
  expect(targets).toEqual([one, one, one]);
  const rest = await of(/\?(.*)>/.exec(next)?.[1] ?? '');
  expect(rest).toEqual({ next: undefined, targets: [one] });
  expect((await of(`target=${newId()}`)).targets).toEqual([]);
  for (const said of ['target=', 'target=a&target=b', `target=${'x'.repeat(301)}`])
    await get(`audit?${said}`).set('Cookie', cookieOf(desk)).expect(400, refusal('search-unclear', 'target'));
});

test('pages through all actions', async () => {
  const id = await park();
  isHandled = false;
  for (const reason of ['one', 'two']) await redrive(id, { reason }).expect(409);
  const first = await get('audit?limit=3').set('Cookie', cookieOf(desk)).expect(200);
  expect(first.headers.link).toBe('</api/orders/support/audit?limit=3&cursor=2>; rel="next"');
  const rest = await get('audit?limit=3&cursor=2').set('Cookie', cookieOf(desk)).expect(200);
  expect((rest.body as { number: number }[]).map(({ number }) => number)).toEqual([1]);
  expect(rest.headers.link).toBeUndefined();
  await get('audit?cursor=x').set('Cookie', cookieOf(desk)).expect(400, refusal('cursor-unknown', 'cursor'));
});

test('the log and the parked events are read by an index, a page at a time', async () => {
  const target = newId();
  const at = new Date();
  const action = { at, action: 'refund', reason: 'Fair', by: newId(), trace: 'x', refusal: null, hash: '' };
  const numbers = Array.from({ length: 1_000 }, (_, index) => index + 1);
  await Audit.collection.insertMany(
    numbers.map((_id) => ({ ...action, _id, target: _id % 5 ? newId() : target })) as never[],
  );
  await ParkedEvents.collection.insertMany(
    numbers.map((number) => ({ subject: 'order:created', text: `${number}`, error: 'x', parkedAt: at })),
  );
  const { read, wasteful } = await profiled(async () => {
    for (const path of ['audit', 'audit?cursor=500', `audit?target=${target}&limit=100`, 'deadletters'])
      await get(path).set('Cookie', cookieOf(desk)).expect(200);
  });
  // Besides what the service reads by itself.
  expect([...read]).toEqual(expect.arrayContaining(['audit', 'deadletters']));
  expect(wasteful).toEqual([]);
});
