import {
  createLogger,
  natsBus,
  parseEvent,
  type Bus,
  type ExportBody,
  type Subject,
  type UnsettledBody,
} from '@ticketing/common';
import { databasesOf, forgetPeople } from './databases';
import { eventually } from './eventually';
import { linkIn } from './mailbox';
import { newEmail, Person, Refused } from './people';
import { System } from './stack';

/** Deleted accounts: once nothing is open, everywhere, and for good. */

const seconds = (count: number) => `${count / 3_600}`;
/** From the request until an account with nothing open is deleted: half a minute in each of two services, plus slack. */
const DELETED_MS = 300_000;

let system: System;
let bus: Bus;
/** The user events, as sent over the wire. */
const told: { subject: Subject; text: string; id: string }[] = [];
const subjects = ['user:created', 'user:updated', 'user:deleted'] as const;

beforeAll(async () => {
  system = await System.start({ windowSeconds: 600, env: { PAYOUT_HOURS: seconds(2), DELIVERY_HOURS: seconds(20) } });
  bus = natsBus({
    url: system.natsUrl,
    ...{ clusterId: 'ticketing', clientId: 'ear', group: 'ear', log: createLogger('ear', 'silent') },
  });
  for (const subject of subjects)
    bus.subscribe(subject, ({ text, ack }) => {
      told.push({ subject, text, id: parseEvent(subject, text).aggregateId });
      ack();
    });
  bus.start();
  await eventually(() => (bus.ready ? Promise.resolve() : Promise.reject(new Error('not yet'))));
});
afterAll(async () => {
  await bus.close();
  await system.stop();
});

const idOf = async (person: Person) => (await person.call<{ id: string }>('GET', '/api/users/me')).id;
/** In letters: what looks like a phone number is not a valid name. */
const nameOf = (word: string) =>
  `${word}-${newEmail()
    .slice(0, 8)
    .replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)))}`;
/** Someone with a name that appears nowhere else. */
async function someone(word: string) {
  const [email, name] = [newEmail(), nameOf(word)];
  const person = await Person.signUp(system.url, email);
  await person.call('PUT', '/api/users/me/name', { name });
  return { email, name, person, id: await idOf(person) };
}
type Someone = Awaited<ReturnType<typeof someone>>;
/** The first test deletes them: a deletion takes a minute. */
let gone: Someone;

/** The databases that contain any of these words. */
async function where(...words: string[]): Promise<string[]> {
  const databases = Object.entries(await databasesOf(system));
  return databases.flatMap(([name, text]) => (words.some((word) => text.includes(word)) ? name : []));
}

const isGone = ({ id }: Someone) =>
  eventually(async () => {
    const { status } = await fetch(`${system.url}/api/users/${id}`);
    expect(status).toBe(404);
  }, DELETED_MS);

const paths = ['/api/users/me', '/api/users/sessions', '/api/tickets/mine', '/api/orders', '/api/payments/payouts'];
const statuses = async ({ session: cookie }: Person) => {
  const answers = await Promise.all(paths.map((path) => fetch(system.url + path, { headers: { cookie } })));
  return [...new Set(answers.map(({ status }) => status))];
};

it('a trader who leaves is deleted once the sale is over: nothing names them, and nothing brings them back', async () => {
  const [seller, buyer, third] = await Promise.all(['Seller', 'Buyer', 'Third'].map(someone));
  if (!seller || !buyer || !third) throw new Error('nobody came');
  await system.bank.onboard(await seller.person.setUpPayouts(system.mailbox));
  const startsAt = new Date(Date.now() + 40_000).toISOString();
  const listing = { title: 'Farewell', description: `Call ${seller.name}`, price: 20, startsAt, timeZone: 'UTC' };
  const [sold, unsold] = await Promise.all([
    seller.person.sell({ ...listing, delivery: 'now' }),
    seller.person.sell({ ...listing, title: 'Not sold', delivery: 'later' }),
  ]);
  await seller.person.handOver(sold.id, { url: null, code: nameOf('CODE'), note: null });
  const order = await eventually(() => buyer.person.hold(sold.id));
  await buyer.person.pay(order.id);
  await eventually(async () => expect((await buyer.person.order(order.id)).status).toBe('complete'));
  await buyer.person.claim(order.id, { reason: 'not-as-described', text: `I am ${buyer.name}` });
  await seller.person.answer(order.id, `I am ${seller.name}`);
  await third.person.call('POST', `/api/tickets/${unsold.id}/report`, {
    reason: 'other',
    text: `I am ${third.name}`,
  });
  expect(await where(seller.name)).toEqual(expect.arrayContaining(['auth', 'tickets', 'orders']));

  const ofSeller = await seller.person.call<ExportBody>('GET', '/api/tickets/mine/export');
  expect(ofSeller.listings?.map(({ description }) => description)).toEqual([listing.description, listing.description]);
  expect(JSON.stringify(await buyer.person.call('GET', '/api/orders/export'))).toContain(buyer.name);

  const other = new Person(system.url);
  await other.signIn(seller.email);
  const mail = await system.mailbox.received(seller.email, 'New sign-in to your account');
  expect(new URL(linkIn(mail)).pathname).toBe('/account');
  await Promise.all([seller, buyer].map(({ person }) => person.call('DELETE', '/api/users/me')));
  await eventually(async () => expect(await statuses(other)).toEqual([401]));
  expect(await statuses(seller.person)).toEqual([200]);
  await expect(seller.person.list('Anew', 10)).rejects.toThrow(Refused);
  await expect(buyer.person.hold(unsold.id)).rejects.toThrow('to be deleted');
  const open = (person: Person) => person.call<UnsettledBody>('GET', '/api/orders/leaving');
  expect(await open(seller.person)).toMatchObject({ sales: 1, purchases: 0 });
  expect(await open(buyer.person)).toMatchObject({ sales: 0, purchases: 1 });
  await eventually(async () => expect((await third.person.ticket(unsold.id)).status).toBe('withdrawn'), DELETED_MS);

  await system.command('orders', 'decide', order.id, 'pay', '--why', 'As described');
  await Promise.all([isGone(seller), isGone(buyer)]);
  for (const { person } of [seller, buyer]) await eventually(async () => expect(await statuses(person)).toEqual([401]));
  expect(await system.bank.transferredFor(order.id)).toBe(1_900);

  const words = [seller, buyer].flatMap(({ email, name }) => [email, name]);
  await system.expectNothingLost();
  await eventually(async () => expect(await where(...words)).toEqual([]));
  expect(await where(third.email)).toEqual(expect.arrayContaining(['auth', 'payments']));
  expect(await where(order.id)).toEqual(expect.arrayContaining(['tickets', 'orders', 'payments']));

  // Everything is republished, and their earlier events arrive late and twice.
  for (const service of ['auth', 'orders']) await system.command(service, 'republish');
  const before = told.filter(({ id }) => [seller.id, buyer.id].includes(id));
  expect(JSON.stringify(before)).toContain(seller.email);
  const handled = await system.metric('ticketing_events_handled_total');
  for (const { subject, text } of [...before, ...before]) await bus.publish(subject, text);
  await eventually(async () =>
    // At least two services consume each.
    expect(await system.metric('ticketing_events_handled_total')).toBeGreaterThanOrEqual(handled + 4 * before.length),
  );
  await system.expectNothingLost();
  expect(await where(...words)).toEqual([]);

  const anew = await Person.signUp(system.url, seller.email);
  expect(await idOf(anew)).not.toBe(seller.id);
  expect(await anew.call('GET', '/api/orders/sales')).toEqual([]);
  await eventually(async () => expect(await where(seller.email)).toEqual(['auth', 'payments']));
  gone = buyer;
});

it("a republish alone restores a service's lost copies: no earlier event is needed", async () => {
  // One event: a later one, such as of a name, could come after their copy is gone.
  const stays = newEmail();
  await Person.signUp(system.url, stays);
  await eventually(async () => expect(await where(stays)).toEqual(['auth', 'payments']));
  await forgetPeople(system);
  expect(await where(stays)).toEqual(['auth']);
  await system.command('auth', 'republish');
  await eventually(async () => expect(await where(stays)).toEqual(['auth', 'payments']));
  await system.expectNothingLost();
  expect(await where(gone.email, gone.name)).toEqual([]);
});
