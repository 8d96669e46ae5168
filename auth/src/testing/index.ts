import {
  Audit,
  Ended,
  EndedSessions,
  handleText,
  Outbox,
  Relay,
  sessions,
  type Event,
  type SessionBody,
} from '@ticketing/common';
import { appOf, deliverTo, quiet, startMongo, startNats, TEST_KEY, until } from '@ticketing/common/testing';
import request from 'supertest';
import { assemble } from '../assemble';
import { devices } from '../devices';
import { listeners } from '../listeners';
import { mailedLinks } from '../messages/links';
import { unsubscribing } from '../messages/unsubscribing';
import { messageQueue } from '../messages/queue';
import { options } from '../passwords';
import { routes } from '../routes';
import { createSessions } from '../sessions';
import { createStaff } from '../staff';
import { Counts, Links, Messages, Sessions, Users } from '../store';

// A thousand hashes as in production cost twenty seconds of a core.
Object.assign(options, { memoryCost: 64, timeCost: 1 });

/** The site's URL. */
export const SITE = 'http://localhost:3000';

/** A password that is not among the most common. */
export const PASSWORD = 'correct horse';

/** A key of before, which still opens the secrets of apps. */
export const FORMER_KEY = 'former key';

/** The service as served, on its own servers. */
export async function startAuth(signUpsPerHour = 1_000, log = quiet) {
  const [mongo, nats] = await Promise.all([
    startMongo(Users, Counts, Messages, Links, Sessions, EndedSessions, Audit),
    startNats(),
  ]);
  const bus = nats.bus('auth-test');
  const clock = { ahead: 0 };
  const now = () => new Date(Date.now() + clock.ahead);
  const [queue, links] = [messageQueue(now), mailedLinks(now)];
  const heard: Event[] = [];
  const [owed, heeded] = [{ told: 0 }, new Set<string>()];
  const isOwed = ({ subject }: { subject: string }) => subject === 'message:owed';
  const relay = new Relay(bus, [Users, Sessions, Messages], quiet);
  const ended = new Ended();
  const outbox = new Outbox(relay, undefined, (events) => {
    owed.told += events.filter(isOwed).length;
    return ended.obey(events);
  });
  const own = createSessions(outbox, now);
  const settings = {
    JWT_KEY: [TEST_KEY],
    FACTOR_KEY: [TEST_KEY, FORMER_KEY],
    SITE_URL: SITE,
    SIGNUPS_PER_ADDRESS: signUpsPerHour,
  };
  const unsubscribe = unsubscribing([TEST_KEY], 'https://ticketing.test');
  const { operations, factors, support } = assemble(settings, outbox, queue, links, own, now);
  const on = listeners({ ...queue, ...factors.leaving });
  const told = [
    'user:created',
    'user:updated',
    'user:deleted',
    'session:ended',
    'message:owed',
    'message:sent',
  ] as const;
  for (const subject of told) {
    // As by the consumer, one is handled after the other, and failures are retried.
    let handled = Promise.resolve();
    bus.subscribe(subject, ({ text, ack }) => {
      const event = JSON.parse(text) as Event;
      // An event may be published, and delivered, more than once.
      if (!heard.some(({ id }) => id === event.id)) heard.push(event);
      const handle = () => handleText(on, subject, text);
      handled = handled
        .then(handle)
        .catch(handle)
        .catch(() => undefined)
        .then(() => {
          if (isOwed({ subject })) heeded.add(event.id);
          ack();
        });
    });
  }
  bus.start();
  await until(() => bus.ready);
  const router = routes(operations, own, factors, support, sessions([TEST_KEY], ended, now), devices([TEST_KEY], now));
  const app = appOf(router, log).listen(0, '127.0.0.1');

  const post = (path: string, body?: object) => request(app).post(`/api/users/${path}`).send(body);
  const get = (path: string, cookie = '') => request(app).get(`/api/users/${path}`).set('Cookie', cookie);
  const currentUser = (cookie = '') => get('currentuser', cookie);
  return {
    app,
    /** The events that NATS has delivered, each once. */
    heard,
    /** How many milliseconds the service's clock is ahead. */
    clock,
    outbox,
    queue,
    links,
    leaving: factors.leaving,
    /** The command that manages the support desk's accounts. */
    staff: (...args: string[]) => createStaff(outbox, () => Promise.resolve(bus.ready), now)(args),
    unsubscribe,
    ended,
    nats,
    /** Waits until auth has queued all messages that it owes for its own events. */
    settled: () => until(() => heeded.size >= owed.told),
    deliver: deliverTo(on),
    post,
    get,
    /** A new account, with the cookie of its session. */
    async signUp(email: string, password = PASSWORD) {
      const res = await post('signup', { email, password }).expect(201);
      return { id: (res.body as { id: string }).id, cookie: cookieIn(res) };
    },
    /** Follows a link sent to an account's address, or to its pending one. */
    confirm: async (id: string, email: string) => post('confirm', { token: await links.issue('confirm', id, email) }),
    signIn: (email: string, password: unknown = PASSWORD, address = '10.0.0.1') =>
      post('signin', { email, password }).set('X-Forwarded-For', address),
    change: (cookie: string, body: unknown) =>
      request(app)
        .put('/api/users/me')
        .set('Cookie', cookie)
        .send(body as object),
    currentUser,
    /** Whether a session is valid. */
    isIn: async (cookie: string) => (await currentUser(cookie).expect(200)).body.currentUser !== null,
    /** The sessions that their owner sees. */
    list: async (cookie: string) => (await get('sessions', cookie).expect(200)).body as SessionBody[],
    clear: mongo.clear,
    async stop() {
      app.close();
      app.closeAllConnections();
      await relay.close();
      await bus.close();
      await nats.stop();
      await mongo.stop();
    },
  };
}

/** The Cookie header that a browser sends after this response: only the session's, or with the device's. */
export const cookieIn = (res: request.Response, names = ['session']) =>
  (res.get('Set-Cookie') ?? [])
    .map((line) => line.split(';')[0] ?? '')
    .filter((pair) => names.includes(pair.split('=')[0] ?? ''))
    .join('; ');

/** The session's Set-Cookie header in a response. */
export const setCookie = (res: request.Response) =>
  res.get('Set-Cookie')?.find((line) => /^(__Host-)?session=/.test(line)) ?? '';

export { refusal } from '@ticketing/common/testing';
