import { cookieOf, newId } from '@ticketing/common/testing';
import request from 'supertest';
import { Files, Tickets } from './store';
import { aCaller, anOrder, clientOf, startTickets } from './testing';
import { aPng } from './testing/files';
import { deliveriesOf, partsIn } from './testing/uploads';

/** Who may do what with a delivery, and which fields each of them sees. */

let tickets: Awaited<ReturnType<typeof startTickets>>;
beforeAll(async () => {
  tickets = await startTickets();
});
// An account may have few unfinished uploads.
beforeEach(() => Files.collection.deleteMany({}));
afterAll(() => tickets.stop());

const [seller, buyer, stranger] = [aCaller(), aCaller(), aCaller()];
const callers = { seller, buyer, stranger, nobody: undefined };
type Role = keyof typeof callers;
const roles = Object.keys(callers) as Role[];
const { hand, listed, begin } = deliveriesOf(() => tickets.app, seller);
const { edit, withdraw } = clientOf(() => tickets.app, seller);
const CODE = 'A SECRET CODE';

function call(role: Role, method: 'get' | 'post' | 'put', path: string, body?: object) {
  const caller = callers[role];
  const sent = request(tickets.app)[method](`/api/tickets/${path}`);
  if (caller) void sent.set('Cookie', cookieOf(caller));
  if (Buffer.isBuffer(body)) void sent.type('application/octet-stream');
  return sent.send(body);
}

/** Listings sold to the buyer, with and without a delivery; and an upload for an unsold one. */
async function setUp() {
  const [given, owed, open] = [await listed(), await listed(), await listed()];
  await hand(given.id, { code: `${CODE} ${newId()}` }).expect(200);
  for (const { id } of [given, owed]) {
    const order = anOrder(id, 1, 1, 'complete');
    order.data.userId = buyer.id;
    await tickets.deliver(order);
  }
  const file = await aPng(`CODE ${newId()}`);
  const upload = ((await begin(open.id, file.length).expect(201)).body as { id: string }).id;
  return { given: given.id, owed: owed.id, open: open.id, upload, file };
}

test.each<[string, 'get' | 'post' | 'put', (it: Awaited<ReturnType<typeof setUp>>) => [string, object?], number[]]>([
  ['to read it', 'get', ({ given }) => [`${given}/delivery`], [200, 200, 404, 401]],
  ['to read what is not there', 'get', ({ owed }) => [`${owed}/delivery`], [404, 404, 404, 401]],
  ['to read what is not sold', 'get', ({ open }) => [`${open}/delivery`], [404, 404, 404, 401]],
  ['to hand it over', 'put', ({ owed }) => [`${owed}/delivery`, { transfer: { code: newId() } }], [200, 401, 401, 401]],
  ['to begin an upload', 'post', ({ owed }) => [`${owed}/delivery/uploads`, { size: 9 }], [201, 401, 401, 401]],
  ['to see an upload', 'get', ({ open, upload }) => [`${open}/delivery/uploads/${upload}`], [200, 404, 404, 401]],
  [
    'an upload of another listing',
    'get',
    ({ owed, upload }) => [`${owed}/delivery/uploads/${upload}`],
    [404, 404, 404, 401],
  ],
  [
    'to upload a part',
    'put',
    ({ open, upload, file }) => [`${open}/delivery/uploads/${upload}/parts/0`, partsIn(file)[0]],
    [204, 404, 404, 401],
  ],
  [
    'to complete it',
    'post',
    ({ open, upload }) => [`${open}/delivery/uploads/${upload}/complete`],
    [400, 401, 401, 401],
  ],
])('%s', async (_what, method, aim, [ofSeller, ...ofOthers]) => {
  const it = await setUp();
  const [path, body] = aim(it);
  const state = () => Promise.all([Tickets.find({}, { outbox: 0 }).lean(), Files.find().lean()]);
  const before = await state();
  for (const [at, role] of roles.slice(1).entries()) {
    const response = await call(role, method, path, body);
    expect([role, response.status]).toEqual([role, ofOthers[at]]);
    if (response.status < 400) continue;
    expect(Object.keys(response.body as object)).toEqual(['errors']);
    for (const secret of [CODE, seller.id, buyer.id, it.upload]) expect(response.text).not.toContain(secret);
  }
  if (ofOthers[0] !== 200) expect(await state()).toEqual(before);
  expect((await call('seller', method, path, body)).status).toBe(ofSeller);
});

test('which delivery fields a listing shows depends on the caller, and never includes the content', async () => {
  const { given } = await setUp();
  await call('buyer', 'get', `${given}/delivery`).expect(200);
  const bodies = Object.fromEntries(
    await Promise.all(roles.map(async (role) => [role, (await call(role, 'get', given).expect(200)).body as object])),
  ) as Record<Role, object>;
  const fieldsOf = (role: Role) => Object.keys(bodies[role]).sort();
  for (const role of roles) {
    expect([role, fieldsOf(role)]).toEqual([role, fieldsOf('nobody')]);
    for (const secret of [CODE, buyer.id, 'fileId', 'uniqueKeys', 'reads', 'buyerId'])
      expect([role, JSON.stringify(bodies[role])]).not.toEqual([role, expect.stringContaining(secret)]);
  }
  expect(bodies.stranger).toEqual(bodies.nobody);
});

test('nobody can change a sold listing', async () => {
  const { given } = await setUp();
  await edit(given, { title: 'Other', price: 1 }).expect(400);
  await withdraw(given).expect(400);
  for (const role of ['buyer', 'stranger', 'nobody'] as const)
    expect([role, (await call(role, 'put', given, { title: 'Other', price: 1 })).status]).toEqual([role, 401]);
});
