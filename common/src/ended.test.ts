import express from 'express';
import mongoose from 'mongoose';
import request from 'supertest';
import { Ended, EndedSessions, endings, keepEnded } from './ended';
import { connectMongo } from './mongo';
import { SESSION_LIFETIME, sessions, type Session } from './session';
import { Streams } from './stream';
import { anEvent, newId, readStream, serve, setClockAhead, startMongo, until } from './testing';

let mongo: Awaited<ReturnType<typeof startMongo>>;
beforeAll(async () => (mongo = await startMongo(EndedSessions)));
afterEach(() => mongo.clear());
afterAll(() => mongo.stop());

const aSession = (changes: Partial<Session> = {}): Session => ({
  userId: newId(),
  sid: newId(),
  generation: 0,
  issuedAt: new Date(),
  expiresAt: new Date(Date.now() + SESSION_LIFETIME),
  ...changes,
});
const endOf = ({ userId, sid, generation }: Session, endedAt = new Date()) => ({
  ...{ userId, sid, generation },
  endedAt: endedAt.toISOString(),
});
const allOf = (userId: string, generation: number) => ({ ...endOf(aSession({ userId, generation })), sid: null });

describe('in memory', () => {
  const told = (...ends: Parameters<typeof endOf>[0][]) =>
    ends.map((session) => ({ subject: 'session:ended' as const, data: endOf(session) }));

  test('a session that ended is over, and the others of its account are not', async () => {
    const ended = new Ended();
    const session = aSession();
    await ended.obey(told(session));
    expect(ended.has(session)).toBe(true);
    expect(ended.has({ ...session, sid: newId() })).toBe(false);
    expect(ended.has({ ...session, userId: newId() })).toBe(false);
  });

  test('a raised generation ends all sessions below it, and replaces what was known of each', async () => {
    const ended = new Ended();
    const session = aSession();
    await ended.obey([...told(session), { subject: 'session:ended', data: allOf(session.userId, 3) }]);
    for (const generation of [0, 1, 2, 3])
      expect(ended.has(aSession({ userId: session.userId, generation }))).toBe(generation < 3);
    expect(ended.entries).toBe(1);
    expect(await EndedSessions.find().lean()).toMatchObject([{ _id: session.userId, generation: 3 }]);
    await ended.obey([{ subject: 'session:ended', data: allOf(session.userId, 2) }]);
    expect(ended.has(aSession({ userId: session.userId, generation: 2 }))).toBe(true);
  });

  test('entries without valid tokens are not kept', async () => {
    const ended = new Ended();
    await keepEnded([endOf(aSession(), new Date(Date.now() - SESSION_LIFETIME - 2 * 86_400_000))]);
    await ended.refresh();
    expect(ended.entries).toBe(0);
    expect(await EndedSessions.countDocuments()).toBe(0);
  });

  test('an end that is heard late on a machine whose clock is hours fast is kept while its tokens are valid', async () => {
    const session = aSession();
    const end = endOf(session, new Date(Date.now() - SESSION_LIFETIME + 3_600_000));
    const setBack = setClockAhead(6 * 3_600_000);
    const hearing = keepEnded([end]);
    setBack();
    await hearing;
    const ended = new Ended();
    await ended.refresh();
    expect(ended.has(session)).toBe(true);
  });

  test('entries leave memory once their tokens have expired', async () => {
    const time = { ahead: 0 };
    const ended = new Ended(undefined, { now: () => new Date(Date.now() + time.ahead) });
    const [old, young] = [aSession(), aSession()];
    const end = { ...told(old)[0]!, data: endOf(old, new Date(Date.now() - SESSION_LIFETIME)) };
    await ended.obey([end, ...told(young)]);
    expect(ended.entries).toBe(4);
    const later = performance.now() + 2 * 3_600_000;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => later);
    const setBack = setClockAhead(SESSION_LIFETIME * 2);
    time.ahead = -SESSION_LIFETIME * 2;
    await ended.refresh();
    // By the database's time, whatever this machine's clock shows.
    expect(ended.entries).toBe(4);
    clock.mockImplementation(() => later * 2);
    time.ahead += 2 * 3_600_000;
    await ended.refresh();
    setBack();
    clock.mockRestore();
    expect([ended.entries, ended.has(young)]).toEqual([2, true]);
  });

  test('beyond its capacity it drops entries, which lets nobody in', async () => {
    const ended = new Ended(20);
    const all = Array.from({ length: 100 }, (_, at) => {
      const issuedAt = new Date(Date.now() - 3_600_000 * (102 - at));
      return { session: aSession({ issuedAt }), endedAt: new Date(issuedAt.getTime() + 60_000) };
    });
    for (const { session, endedAt } of all)
      await ended.obey([{ subject: 'session:ended', data: endOf(session, endedAt) }]);
    expect(ended.entries).toBeLessThanOrEqual(21);
    expect(all.filter(({ session }) => !ended.has(session))).toEqual([]);
    expect(ended.has(aSession())).toBe(false);

    const restarted = new Ended(20);
    await restarted.refresh();
    expect(restarted.entries).toBeLessThanOrEqual(21);
    expect(all.filter(({ session }) => !restarted.has(session))).toEqual([]);
  });
});

describe('a few accounts that end a great many sessions', () => {
  const [FEW, EACH] = [20, 50];
  const ago = (ms: number) => new Date(Date.now() - ms);
  /** Sessions that a few accounts start and end one by one, as often as allowed. */
  const flood = () =>
    Array.from({ length: FEW }, () => newId()).flatMap((userId) =>
      Array.from({ length: EACH }, (_, at) => ({
        session: aSession({ userId, issuedAt: ago(3_600_000 - at * 1_000) }),
        endedAt: ago(3_600_000 - at * 1_000 - 500),
      })),
    );

  test('sign nobody else out and revive none of them, in bounded memory', async () => {
    const max = 400;
    const ended = new Ended(max);
    const old = { issuedAt: ago(5 * 86_400_000) };
    const [stranger, phone] = [aSession(old), aSession(old)];
    const laptop = aSession({ ...old, userId: phone.userId });
    await ended.obey([{ subject: 'session:ended', data: endOf(phone, ago(86_400_000)) }]);
    const all = flood();
    await keepEnded(all.map(({ session, endedAt }) => endOf(session, endedAt)));
    const restarted = new Ended(max);
    for (const replica of [ended, restarted]) {
      await replica.refresh();
      expect(replica.entries).toBeLessThanOrEqual(max);
      expect(all.filter(({ session }) => !replica.has(session))).toEqual([]);
      expect([phone, laptop, stranger].map((session) => replica.has(session))).toEqual([true, false, false]);
      // Those who ended so many may have to sign in again.
      const { userId } = all[0]!.session;
      expect(replica.has(aSession({ userId }))).toBe(false);
      // Read again, it is known.
      const { entries } = replica;
      await replica.refresh();
      expect(replica.entries).toBe(entries);
    }
  });

  test('ends no other session of an account whose generation was raised', async () => {
    const ended = new Ended(22);
    const userId = newId();
    const raisedAt = ago(1_000);
    await keepEnded([{ userId, sid: null, generation: 1, endedAt: raisedAt.toISOString() }]);
    await keepEnded(flood().map(({ session, endedAt }) => endOf(session, endedAt)));
    await ended.refresh();
    expect(ended.has(aSession({ userId, generation: 1, issuedAt: raisedAt }))).toBe(false);
    expect(ended.has(aSession({ userId, generation: 0, issuedAt: raisedAt }))).toBe(true);
  });
});

describe('through the database', () => {
  const heard = (session: Session) => endings.handle([anEvent('session:ended', 1, endOf(session))]);

  test('each replica reads what any of them received, at startup and later, even twice', async () => {
    const [early, late] = [aSession(), aSession()];
    await heard(early);
    const replicas = [new Ended(), new Ended()];
    for (const replica of replicas) await replica.refresh();
    await heard(late);
    await heard(late);
    for (const replica of replicas) {
      expect([replica.has(early), replica.has(late)]).toEqual([true, false]);
      await replica.refresh();
      expect([replica.has(early), replica.has(late)]).toEqual([true, true]);
      expect(replica.entries).toBe(4);
    }
  });

  test('the next read returns what was received while a replica could not read', async () => {
    const [before, meanwhile] = [aSession(), aSession()];
    const replica = new Ended();
    await heard(before);
    await replica.refresh();
    await heard(meanwhile);
    await mongoose.disconnect();
    await expect(replica.refresh()).rejects.toThrow();
    expect(replica.has(before)).toBe(true);
    await connectMongo(mongo.uri, 'test');
    await replica.refresh();
    expect(replica.has(meanwhile)).toBe(true);
  });

  test('only new entries are read after a read of everything, however long that took', async () => {
    const [now, all] = [
      performance.now.bind(performance),
      EndedSessions.collection.find.bind(EndedSessions.collection),
    ];
    let took = 0;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => now() + took);
    const find = jest.spyOn(EndedSessions.collection, 'find').mockImplementation((...query: Parameters<typeof all>) => {
      took += 3_000;
      return all(...query);
    });
    const session = aSession();
    await heard(session);
    const replica = new Ended();
    await replica.refresh();
    await replica.refresh();
    const [first, second] = find.mock.calls.map(([filter]) => filter);
    clock.mockRestore();
    find.mockRestore();
    expect(replica.has(session)).toBe(true);
    expect(JSON.stringify(first)).toContain('1970-');
    expect(JSON.stringify(second)).not.toContain('1970-');
  });

  test('an entry that becomes visible after a later one is still read', async () => {
    const [first, second] = [aSession(), aSession()];
    const replica = new Ended();
    await heard(second);
    await replica.refresh();
    await heard(first);
    await EndedSessions.updateOne({ sid: first.sid }, { heardAt: new Date(Date.now() - 1_000) });
    await replica.refresh();
    expect(replica.has(first)).toBe(true);
  });

  test("entries received after the database's clock was set back are still read, by an index", async () => {
    const [first, second] = [aSession(), aSession()];
    const replica = new Ended();
    await heard(first);
    await EndedSessions.updateOne({ sid: first.sid }, { heardAt: new Date(Date.now() + 3_600_000) });
    await replica.refresh();
    await heard(second);
    const find = jest.spyOn(EndedSessions.collection, 'find');
    await replica.refresh();
    expect(replica.has(second)).toBe(true);
    const [filter = {}] = find.mock.calls[0] ?? [];
    find.mockRestore();
    const plan = JSON.stringify(await EndedSessions.collection.find(filter).explain('queryPlanner'));
    expect(plan).toContain('"indexName":"heardAt_1"');
  });

  test('it stores when each entry may be deleted', async () => {
    const session = aSession();
    await heard(session);
    const [entry] = await EndedSessions.find().lean();
    expect(entry?.until.getTime()).toBeGreaterThan(Date.now() + SESSION_LIFETIME);
    const indexes = await EndedSessions.collection.indexes();
    expect(indexes).toContainEqual(expect.objectContaining({ key: { until: 1 }, expireAfterSeconds: 0 }));
  });
});

describe('a request', () => {
  const ended = new Ended();
  const session = sessions(['a key'], ended);
  const user = { id: newId(), email: 'ann@test.com' };
  const cookieOf = (sid: string) =>
    `session=${Buffer.from(JSON.stringify({ jwt: session.sign(user, { sid, generation: 0 }) })).toString('base64')}`;
  const streams = new Streams();
  streams.obey(ended);
  let atOpening = (): unknown => undefined;
  const app = express()
    .get('/me', session.require, (_req, res) => void res.json({}))
    .get('/maybe', (req, res) => void res.json(session.caller(req) ?? null))
    .get('/events', session.require, async (req, res) => {
      await atOpening();
      streams.open(req, res);
    })
    .use(
      ((error, _req, res, _next) =>
        void res.status((error as { status: number }).status).end()) as express.ErrorRequestHandler,
    );
  const end = (sid: string) =>
    ended.obey([{ subject: 'session:ended', data: endOf(aSession({ userId: user.id, sid })) }]);
  let server: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => (server = await serve(app)));
  afterEach(() => (atOpening = () => undefined));
  afterAll(async () => {
    streams.close();
    await server.stop();
  });

  test('of a session that is over has no caller, and asks no server', async () => {
    const [one, other] = [newId(), newId()];
    await request(app).get('/me').set('Cookie', cookieOf(one)).expect(200);
    await end(one);
    const find = jest.spyOn(EndedSessions.collection, 'find');
    await request(app).get('/me').set('Cookie', cookieOf(one)).expect(401);
    await request(app).get('/maybe').set('Cookie', cookieOf(one)).expect(200, 'null');
    await request(app).get('/me').set('Cookie', cookieOf(other)).expect(200);
    expect(find).not.toHaveBeenCalled();
    find.mockRestore();
  });

  test('of a session that ends loses its open streams, and no others', async () => {
    const [one, other] = [newId(), newId()];
    const [ending, staying] = await Promise.all(
      [one, other].map((sid) => readStream(`${server.url}/events`, { cookie: cookieOf(sid) })),
    );
    await until(() => ending?.text && staying?.text);
    await end(one);
    await until(() => ending?.ended);
    expect(staying?.ended).toBe(false);
    staying?.close();
  });

  test('a stream that would open just after its session ended does not', async () => {
    const sid = newId();
    atOpening = () => end(sid);
    const { response } = await readStream(`${server.url}/events`, { cookie: cookieOf(sid) });
    expect(response.statusCode).toBe(401);
  });

  test('a stream ends with its token', async () => {
    const beating = new Streams({ heartbeat: 50 });
    const short = express().get('/', (req, res) => {
      res.locals.session = aSession({ expiresAt: new Date(Date.now() + 300) });
      beating.open(req, res);
    });
    const own = await serve(short);
    const stream = await readStream(own.url);
    await until(() => stream.ended);
    beating.close();
    await own.stop();
  });
});
