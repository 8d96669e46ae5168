import { Ended, Outbox, sessions, type Relay, type SessionBody } from '@ticketing/common';
import { appOf, quiet, TEST_KEY, until } from '@ticketing/common/testing';
import { decode, type JwtPayload } from 'jsonwebtoken';
import request from 'supertest';
import { assemble } from './assemble';
import { devices } from './devices';
import { mailedLinks } from './messages/links';
import { messageQueue } from './messages/queue';
import { routes } from './routes';
import { createSessions } from './sessions';
import { Sessions, Users } from './store';
import { cookieIn, PASSWORD, SITE, startAuth } from './testing';

let auth: Awaited<ReturnType<typeof startAuth>>;
let second: ReturnType<typeof startSecond>;
beforeAll(async () => {
  auth = await startAuth();
  second = startSecond();
});
afterEach(() => auth.clear());
afterAll(async () => {
  second.app.close();
  second.app.closeAllConnections();
  await auth.stop();
});

/** Another replica, whose events the first one's sweep would publish. It hears what has ended only when it is told to. */
function startSecond() {
  const ended = new Ended();
  const outbox = new Outbox({ publish: () => undefined } as unknown as Relay, undefined, ended.obey);
  const now = () => new Date();
  const own = createSessions(outbox, now);
  const settings = { JWT_KEY: [TEST_KEY], SITE_URL: SITE, SIGNUPS_PER_ADDRESS: 1_000 };
  const { operations, factors, support } = assemble(settings, outbox, messageQueue(now), mailedLinks(now), own, now);
  const router = routes(operations, own, factors, support, sessions([TEST_KEY], ended), devices([TEST_KEY], now));
  return { app: appOf(router, quiet).listen(0, '127.0.0.1'), ended };
}

const ANN = 'ann@test.com';
const HOUR = 3_600_000;
const SEEDED = 'seeded';
const anyOf = <T>(from: T[]) => from[Math.floor(Math.random() * from.length)] as T;
const sidIn = (cookie: string) => {
  const { jwt } = JSON.parse(Buffer.from(cookie.split('=')[1] ?? '', 'base64').toString()) as { jwt: string };
  return (decode(jwt) as JwtPayload & { sid: string }).sid;
};

/** Sessions of an account, live or ended. */
const seed = (userId: string, count: number, changes: object) => {
  const [lastUsedAt, expiresAt] = [new Date(), new Date(Date.now() + HOUR)];
  const one = { ...{ userId, generation: 0, browser: SEEDED, network: '', lastUsedAt, expiresAt }, ...changes };
  return Sessions.create(Array.from({ length: count }, () => one));
};

test.each([
  [0, 46],
  [95, 48],
  [90, 30],
  [98, 49],
])('whatever happens at once, whoever is in is listed, and nobody else (%i live, %i ended)', async (live, over) => {
  const signedUp = await auth.post('signup', { email: ANN, password: PASSWORD }).expect(201);
  const { id } = signedUp.body as { id: string };
  const device = cookieIn(signedUp, ['device']);
  const cookies = [cookieIn(signedUp)];
  const before = new Date(Date.now() - HOUR);
  await Sessions.updateMany({ userId: id }, { lastUsedAt: before });
  await seed(id, live, {});
  await seed(id, over, { endedAt: before, lastUsedAt: before });

  const [of, app] = [() => anyOf(cookies), () => anyOf([auth.app, second.app])];
  const post = (path: string, body: object, cookie: string) =>
    request(app()).post(`/api/users/${path}`).set('Cookie', cookie).send(body);
  const signIn = (cookie: string, password = PASSWORD) => post('signin', { email: ANN, password }, cookie);
  const remove = (path = '') => request(app()).delete(`/api/users/sessions${path}`).set('Cookie', of());
  const acts: (() => PromiseLike<request.Response>)[] = [
    () => signIn(device),
    () => signIn(`${device}; ${of()}`),
    () => signIn(`${device}; ${of()}`),
    () => signIn(`${device}; ${of()}`, 'wrong'),
    () => signIn(of()),
    () => post('me/proof', { password: PASSWORD }, of()),
    () => post('signout', {}, of()),
    () => remove(),
    () => remove(`/${sidIn(of())}`),
    // Also of one that is only beginning.
    async () => {
      const listed = await Sessions.collection.find({ endedAt: null, browser: null }).toArray();
      return remove(listed.length > 0 ? `/${anyOf(listed)._id.toString()}` : '');
    },
  ];
  for (let wave = 0; wave < 6; wave++) {
    const answers = await Promise.all(Array.from({ length: 12 }, () => anyOf(acts)()));
    cookies.push(...answers.map((answer) => cookieIn(answer)).filter((cookie) => cookie.length > 'session='.length));
    await auth.ended.refresh();
    await second.ended.refresh();
  }
  // Sign-ins at once may exceed what is listed, until the next one.
  cookies.push(cookieIn(await auth.signIn(ANN).expect(200)));

  const those = new Set<string>();
  for (const cookie of new Set(cookies)) {
    const answer = await auth.get('sessions', cookie);
    if (answer.status === 401) continue;
    const listed = answer.body as SessionBody[];
    expect(listed.filter(({ isCurrent }) => isCurrent)).toMatchObject([{ id: sidIn(cookie) }]);
    those.add(sidIn(cookie));
  }
  const { generation = 0 } = await Users.findById(id).orFail().lean();
  const stored = async () => {
    const sessions = await Sessions.find({ userId: id, generation, endedAt: null, browser: null }).lean();
    return sessions.map(({ _id }) => _id.toString()).sort();
  };
  // What a sign-in that failed had stored is deleted after its answer.
  await until(async () => (await stored()).length <= those.size);
  expect(await stored()).toEqual([...those].sort());
});
