import { readStream, until } from '../../../common/src/testing';
import { eventually } from './eventually';
import { newEmail, Person, Refused } from './people';
import { System } from './stack';

/** Ended sessions, in every replica of every service. */
let system: System;
beforeAll(async () => {
  system = await System.start({ windowSeconds: 600, replicas: 2 });
});
afterAll(() => system.stop());
afterEach(() => system.expectNothingLost());

/** Routes that need a session: auth's, and everyone else's. */
const ofAuth = ['/api/users/me', '/api/users/sessions'];
const ofOthers = ['/api/tickets/mine', '/api/orders', '/api/payments/payouts'];
/** Enough requests for each replica to get its turn. */
const TURNS = 4;

/** The statuses of a path for a cookie. */
async function statuses(cookie: string, paths: string[]): Promise<number[]> {
  const asked = paths.flatMap((path) => Array<string>(TURNS).fill(path));
  const answers = await Promise.all(asked.map((path) => fetch(system.url + path, { headers: { cookie } })));
  return [...new Set(answers.map(({ status }) => status))];
}

const isOut = (cookie: string, paths: string[]) =>
  eventually(async () => expect(await statuses(cookie, paths)).toEqual([401]));

it('signing out takes effect everywhere, for every copy of the cookie and every open stream', async () => {
  const [seller, email] = [await Person.signUp(system.url), newEmail()];
  const person = await Person.signUp(system.url, email);
  const other = new Person(system.url);
  await other.signIn(email);
  const cookie = person.session;
  const ticket = await seller.list('Signing out', 10);
  const order = await eventually(() => person.hold(ticket.id));
  expect(await statuses(cookie, [...ofAuth, ...ofOthers])).toEqual([200]);
  const events = `${system.url}/api/orders/${order.id}/events`;
  const streams = await Promise.all(
    [cookie, cookie, cookie, other.session].map((each) => readStream(events, { cookie: each })),
  );
  await until(() => streams.every(({ text }) => text.includes('event: order')));
  await person.signOut();
  await isOut(cookie, [...ofAuth, ...ofOthers]);
  expect(await (await fetch(`${system.url}/api/users/currentuser`, { headers: { cookie } })).json()).toEqual({
    currentUser: null,
  });
  await until(() => streams.slice(0, 3).every(({ ended }) => ended));
  expect(streams.at(-1)?.ended).toBe(false);
  expect(await statuses(other.session, [...ofAuth, ...ofOthers])).toEqual([200]);
  for (const stream of streams) stream.close();
});

it('a password is changed while NATS is down: auth ends the other sessions at once, all services as soon as it is back', async () => {
  const email = newEmail();
  const [person, thief] = [await Person.signUp(system.url, email), new Person(system.url)];
  await thief.signIn(email);
  const [copy, stolen] = [person.session, thief.session];
  system.signal('nats', 'SIGSTOP');
  await person.changePassword('another horse battery');
  await Promise.all([copy, stolen].map((cookie) => isOut(cookie, ofAuth)));
  // The window, as .github/decisions/101-sessions.md describes it.
  expect(await statuses(stolen, ofOthers)).toEqual([200]);
  await expect(thief.changePassword('a thief battery')).rejects.toThrow(Refused);
  system.signal('nats', 'SIGKILL');
  await Promise.all([copy, stolen].map((cookie) => isOut(cookie, ofOthers)));
  expect(await statuses(person.session, [...ofAuth, ...ofOthers])).toEqual([200]);
});

it('a replica that starts knows which sessions ended before', async () => {
  const person = await Person.signUp(system.url);
  const cookie = person.session;
  await person.signOut();
  await isOut(cookie, ofOthers);
  for (const name of ['tickets', 'orders', 'payments']) system.signal(`${name}-1`, 'SIGKILL');
  for (const name of ['tickets', 'orders', 'payments']) system.signal(`${name}-2`, 'SIGKILL');
  await system.untilReady();
  expect(await statuses(cookie, ofOthers)).toEqual([401]);
});
