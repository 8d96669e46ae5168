import { type ErrorBody, type OrderBody, type SessionBody, type TicketBody, type UserBody } from '@ticketing/common';
import { apiRoutes, type ApiRoute } from '@ticketing/common/contract/openapi';
import { denials, nameOf, roles, unused, whoMay, type Role } from './access';
import { eventually } from './eventually';
import { filled, takenOf } from './fuzzRoutes';
import { BYTES } from './fuzzWords';
import { expectSold } from './outcome';
import { newEmail, Person } from './people';
import { System } from './stack';

/** Calls every route as everyone, about the same sale: whoever lacks permission is refused, and changes nothing. */

let system: System;
let cookies: Record<Role, string>;
let people: Record<'buyer' | 'seller', Person>;
let sold: OrderBody;
/** Listed, not sold, with an upload in progress. */
let spare: TicketBody;
let [upload, session, sellerId, frozenId]: string[] = [];
/** The routes whose responses set a session. */
const setting = new Set<string>();

const NOBODY = 'f'.repeat(24);

beforeAll(async () => {
  system = await System.start({ windowSeconds: 40 });
  const email = newEmail();
  const [seller, buyer, other, staff, frozen, helper] = await Promise.all([
    Person.signUp(system.url),
    Person.signUp(system.url, email),
    Person.signUp(system.url),
    Person.signUp(system.url),
    Person.signUp(system.url),
    Person.signUp(system.url),
  ]);
  await new Person(system.url).signIn(email);
  const support = system.desk(await helper.call('GET', '/api/users/me'));
  [sellerId, frozenId] = await Promise.all([seller, frozen].map(idOf));
  await freeze(support, frozen, frozenId!);
  // Without a second factor, the role gives no access to the support desk.
  await staff.confirmAddress(system.mailbox);
  await system.command('auth', 'staff', 'add', (await staff.call<UserBody>('GET', '/api/users/me')).email);
  people = { buyer, seller };
  const ticket = await seller.sell({
    title: 'Who may',
    price: 20,
    delivery: 'later',
    startsAt: inAMonth(),
    timeZone: 'UTC',
  });
  await seller.handOver(ticket.id, { code: `code-${ticket.id}` });
  sold = await eventually(() => buyer.hold(ticket.id));
  await buyer.pay(sold.id);
  await expectSold(system, buyer, sold);
  sold = await eventually(async () => {
    const order = await buyer.order(sold.id);
    expect(order.deliveredAt).not.toBeNull();
    return order;
  });
  spare = await seller.list('A spare one', 20);
  ({ id: upload } = await seller.begin(spare.id, Buffer.byteLength(BYTES)));
  const sessions = await buyer.call<SessionBody[]>('GET', '/api/users/sessions');
  session = sessions.find(({ isCurrent }) => !isCurrent)!.id;
  cookies = {
    ...{ nobody: '', frozen: frozen.session, buyer: buyer.session, seller: seller.session, other: other.session },
    ...{ staff: staff.session, support: support.session },
  };
});
afterAll(() => system.stop());

const inAMonth = () => new Date(Date.now() + 30 * 86_400_000).toISOString();

const idOf = async (person: Person) => (await person.call<UserBody>('GET', '/api/users/me')).id;

async function freeze(support: Person, person: Person, id: string) {
  await support.call('POST', `/api/users/support/people/${id}/freeze`, { reason: 'a test' });
  for (const path of ['/api/users/me', '/api/tickets/mine', '/api/orders', '/api/payments/payouts'])
    await eventually(() => expect(person.call('GET', path)).rejects.toMatchObject({ status: 401 }));
}

function pathOf({ path }: ApiRoute): string {
  return filled(path, (name) => {
    if (name === 'pass') return sold.pass ?? '';
    if (name === 'part') return '0';
    if (name === 'uploadId') return upload!;
    if (path.startsWith('/api/users/sessions')) return session!;
    if (path.includes('/support/people')) return frozenId!;
    if (path.startsWith('/api/users/me') || path.includes('deadletters') || path.includes('/reports/{')) return NOBODY;
    if (path.startsWith('/api/users') || path.includes('/sellers/')) return sellerId!;
    if (path.startsWith('/api/tickets')) return path.includes('uploadId') ? spare.id : sold.ticket.id;
    return sold.id;
  });
}

const isDenial = (code = '') => denials.includes(code);

interface Answer {
  status: number;
  code?: string;
}

async function ask(route: ApiRoute, role: Role, number: number): Promise<Answer> {
  const id = route.path.startsWith('/api/orders') ? spare.id : sold.id;
  const body = route.isBinary ? BYTES : JSON.stringify(takenOf(route, id, number));
  const response = await fetch(`${system.url}${pathOf(route)}`, {
    method: route.method.toUpperCase(),
    headers: {
      cookie: cookies[role],
      'content-type': route.isBinary ? 'application/octet-stream' : 'application/json',
    },
    ...(route.method !== 'get' && { body }),
    redirect: 'manual',
  });
  const { status } = response;
  const session = response.headers.getSetCookie().find((line) => line.startsWith('session='));
  if (session) setting.add(nameOf(route));
  if (session && cookies[role] && !ending.includes(nameOf(route))) cookies[role] = session.split(';')[0]!;
  if (status < 400) await response.body?.cancel();
  return status < 400 ? { status } : { status, code: ((await response.json()) as ErrorBody).errors[0]?.code };
}

/** What only its owner may change. */
const stateOf = async () => ({
  order: await people.buyer.order(sold.id),
  payment: await people.buyer.payment(sold.id),
  listings: await people.seller.call('GET', '/api/tickets/mine'),
  upload: await people.seller.call('GET', `/api/tickets/${spare.id}/delivery/uploads/${upload}`),
  accounts: await Promise.all([people.buyer, people.seller].map((each) => each.call('GET', '/api/users/me'))),
  sessions: (await people.buyer.call<SessionBody[]>('GET', '/api/users/sessions')).length,
});

/** Routes that end the sessions that the other calls use. */
const ending = ['delete /api/users/sessions', 'post /api/users/signout', 'post /api/users/signup'];
const isRead = ({ method }: ApiRoute) => method === 'get';
/** Nothing that can be read has disappeared yet. */
const inOrder = [
  ...apiRoutes.filter(isRead),
  ...apiRoutes.filter((route) => !isRead(route) && !ending.includes(nameOf(route))),
  ...ending.map((name) => apiRoutes.find((route) => nameOf(route) === name)!),
];

test('every route has a rule, and every rule has a route', () => {
  for (const route of apiRoutes) whoMay(route);
  expect(unused(apiRoutes)).toEqual([]);
});

test('whoever may not use a route gets the right refusal, and changes nothing', async () => {
  const before = await stateOf();
  for (const [number, route] of apiRoutes.entries()) {
    const may = whoMay(route);
    for (const role of roles.filter((each) => !may.includes(each))) {
      const { status, code } = await ask(route, role, number);
      const answer = `${nameOf(route)} by ${role}: ${status} ${code}`;
      if (role === 'nobody' || role === 'frozen') expect(answer).toMatch(/401 sign-in-first$/);
      else
        expect({ answer, isDenied: isDenial(code) || code === 'proof-required' }).toEqual({ answer, isDenied: true });
    }
  }
  expect(await stateOf()).toEqual(before);
});

test('whoever may use a route is not refused for being someone else', async () => {
  for (const [number, route] of inOrder.entries())
    for (const role of whoMay(route)) {
      const { status, code } = await ask(route, role, 1_000 + number * roles.length + roles.indexOf(role));
      const answer = `${nameOf(route)} by ${role}: ${status} ${code}`;
      const isDenied = isDenial(code) || code === 'sign-in-first';
      expect({ answer, isDenied, isBroken: status >= 500 && status !== 503 }).toEqual({
        answer,
        isDenied: false,
        isBroken: false,
      });
    }
});

test('only auth sets sessions, even when they are due for renewal', async () => {
  expect(setting).toContain('post /api/users/signup');
  cookies.buyer = system.anHourLater((await Person.signUp(system.url)).session);
  setting.clear();
  const reading = inOrder.filter((route) => route.method === 'get' && whoMay(route).includes('buyer'));
  for (const [number, route] of reading.entries()) await ask(route, 'buyer', 2_000 + number);
  expect(setting).toContain('get /api/users/currentuser');
  expect([...setting].filter((name) => !name.includes(' /api/users/'))).toEqual([]);
});
