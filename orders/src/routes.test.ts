import request from 'supertest';
import { EventDetails, type OrderBody, type TicketData } from '@ticketing/common';
import { cookieOf, newId, until, refusal } from '@ticketing/common/testing';
import { Orders, Tickets } from './store';
import { aCaller, aListing, startOrders } from './testing';

let orders: Awaited<ReturnType<typeof startOrders>>;
beforeAll(async () => {
  orders = await startOrders();
});
afterAll(() => orders.stop());

const buyer = aCaller();
const http = () => request(orders.app);
const place = (ticketId: unknown, caller = buyer, path = '/api/orders') =>
  http().post(path).set('Cookie', cookieOf(caller)).send({ ticketId });
const get = (path: string, caller = buyer) => http().get(path).set('Cookie', cookieOf(caller));
const cancel = (id: string, caller = buyer) => http().delete(`/api/orders/${id}`).set('Cookie', cookieOf(caller));

async function listed(changes: Partial<TicketData> = {}) {
  const listing = aListing(changes);
  await orders.deliver(listing);
  return listing.data;
}
const held = async (ticketId: string, caller = buyer) => (await place(ticketId, caller).expect(201)).body as OrderBody;

describe('POST /api/orders', () => {
  test.each(['/api/orders', '/api/orders/create'])(
    '%s holds a ticket for 15 minutes and publishes it',
    async (path) => {
      const ticket = await listed();
      const before = Date.now();
      const { body } = await place(ticket.id, buyer, path).expect(201);
      const after = Date.now();
      expect(body).toEqual({
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
        userId: buyer.id,
        status: 'created',
        reason: null,
        expiresAt: expect.any(String),
        completedAt: null,
        refundedAt: null,
        deliverBy: null,
        deliveredAt: null,
        releaseAt: null,
        releasedAt: null,
        claim: null,
        ticket: {
          id: ticket.id,
          title: 'Concert',
          description: null,
          price: 20.5,
          edition: 0,
          ...EventDetails.parse({}),
        },
        version: 0,
      });
      const { id, expiresAt } = body as OrderBody;
      const placedAt = Date.parse(expiresAt) - 900_000;
      expect(placedAt).toBeGreaterThanOrEqual(before);
      expect(placedAt).toBeLessThanOrEqual(after);
      await until(() => orders.heardOf(id).includes('order:created'));
      await until(async () => (await Orders.findById(id))?.outbox.length === 0);
    },
  );

  test('accepts an id in upper case', async () => {
    const { id } = await listed();
    expect((await held(id.toUpperCase())).ticket.id).toBe(id);
  });

  test("refuses a ticket that is reserved, one's own, withdrawn or unknown", async () => {
    const { id, userId } = await listed();
    await place(id, { ...buyer, id: userId }).expect(400, refusal('own-ticket'));
    await held(id);
    await place(id).expect(400, refusal('ticket-reserved'));
    await place(id, aCaller()).expect(400, refusal('ticket-reserved'));
    const begun = new Date().toISOString();
    await place((await listed({ startsAt: begun, timeZone: 'Europe/Berlin' })).id).expect(400, refusal('event-begun'));
    await place((await listed({ status: 'withdrawn' })).id).expect(400, refusal('ticket-not-for-sale'));
  });

  test('of twenty concurrent requests for one ticket one succeeds', async () => {
    const { id } = await listed();
    const answers = await Promise.all(Array.from({ length: 20 }, () => place(id, aCaller())));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(19).fill(400)]);
    for (const { status, body } of answers) if (status === 400) expect(body).toEqual(refusal('ticket-reserved'));
    expect(await Orders.countDocuments({ 'ticket.id': id })).toBe(1);
  });

  test('of twenty concurrent requests for a released ticket with an outdated copy one succeeds', async () => {
    const { id } = await listed();
    for (let round = 1; round <= 3; round++) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => place(id, buyer)));
      const winners = answers.filter(({ status }) => status === 201);
      expect(winners).toHaveLength(1);
      await cancel((winners[0]?.body as OrderBody).id).expect(204);
      expect((await Orders.find({ 'ticket.id': id }).sort({ seq: 1 })).map(({ seq }) => seq)).toHaveLength(round);
    }
  });

  test('waits for a ticket that was listed a moment ago', async () => {
    const listing = aListing();
    const looks = jest.spyOn(Tickets.collection, 'find');
    const placed = place(listing.data.id).then(({ status }) => status);
    await until(() => looks.mock.calls.length > 0);
    looks.mockRestore();
    await orders.deliver(listing);
    expect(await placed).toBe(201);
  });

  test('responds at once if no event can be on its way', async () => {
    const old = (Math.floor(Date.now() / 1000) - 3_600).toString(16).padStart(8, '0');
    const looks = jest.spyOn(Tickets.collection, 'find');
    await place(`${old}${newId().slice(8)}`).expect(404, refusal('ticket-not-found'));
    expect(looks).toHaveBeenCalledTimes(1);
    looks.mockRestore();
  });

  test('keeps the price and details at the time of holding', async () => {
    const listing = aListing({
      description: 'By the window',
      venue: 'Philharmonie',
      startsAt: '2030-01-01T19:00:00.000Z',
      timeZone: 'Europe/Berlin',
    });
    await orders.deliver(listing);
    const { id } = await held(listing.data.id);
    await orders.deliver(
      aListing(
        {
          ...listing.data,
          price: 9_900,
          title: 'Dearer',
          description: 'By the door',
          edition: 1,
          venue: 'Waldbühne',
          startsAt: null,
        },
        1,
      ),
    );
    expect((await get(`/api/orders/${id}`).expect(200)).body.ticket).toEqual({
      ...EventDetails.parse(listing.data),
      id: listing.data.id,
      title: 'Concert',
      description: 'By the window',
      price: 20.5,
      edition: 0,
    });
    const [inList] = (await get('/api/orders').expect(200)).body as OrderBody[];
    expect(inList).toMatchObject({ id, ticket: { title: 'Concert', description: null } });
  });
});

describe('reading and cancelling', () => {
  test("lists one's own orders, newest first", async () => {
    const caller = aCaller();
    const first = await held((await listed()).id, caller);
    const second = await held((await listed()).id, caller);
    await get('/api/orders', caller).expect(200, [second, first]);
    await get('/api/orders', aCaller()).expect(200, []);
    await get(`/api/orders/${first.id.toUpperCase()}`, caller).expect(200, first);
  });

  test('pages through them, and lists open ones separately', async () => {
    const caller = aCaller();
    const all: OrderBody[] = [];
    for (let count = 0; count < 5; count++) all.unshift(await held((await listed()).id, caller));
    const pages: OrderBody[][] = [];
    for (let path: string | undefined = '/api/orders?limit=2'; path;) {
      const answer: request.Response = await get(path, caller).expect(200);
      pages.push(answer.body as OrderBody[]);
      path = /^<(.*)>; rel="next"$/.exec(String(answer.headers.link))?.[1];
    }
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 1]);
    expect(pages.flat()).toEqual(all);

    await cancel(String(all[0]?.id), caller).expect(204);
    await cancel(String(all[3]?.id), caller).expect(204);
    const open = await get('/api/orders?status=open', caller).expect(200, [all[1], all[2], all[4]]);
    expect(open.headers).not.toHaveProperty('link');
  });

  test.each([
    ['limit=0', 'limit-out-of-range', 'limit', { max: 100 }],
    ['limit=101', 'limit-out-of-range', 'limit', { max: 100 }],
    ['limit=1&limit=2', 'limit-out-of-range', 'limit', { max: 100 }],
    ['cursor=abc', 'cursor-unknown', 'cursor', undefined],
    ['cursor=1&cursor=2', 'cursor-unknown', 'cursor', undefined],
    ['status=closed', 'option-unknown', 'status', { field: 'status', options: 'open' }],
  ] as const)('refuses to list by %s', async (query, code, field, params) => {
    await get(`/api/orders?${query}`).expect(400, refusal(code, field, params));
  });

  test('cancels, repeatedly without effect, and frees the ticket', async () => {
    const ticket = await listed();
    const { id } = await held(ticket.id);
    await cancel(id).expect(204);
    await cancel(id).expect(204);
    expect((await get(`/api/orders/${id}`)).body).toMatchObject({ status: 'cancelled', reason: 'buyer', version: 1 });
    await held(ticket.id, aCaller());
    await until(() => orders.heardOf(id).length === 2);
    expect(orders.heardOf(id)).toEqual(['order:created', 'order:cancelled']);
  });

  test('refuses to cancel what is being paid or is complete', async () => {
    const { id } = await held((await listed()).id);
    await orders.follow(id);
    await orders.operations.authorize(id, { trace: 'test', version: 1 });
    await cancel(id).expect(400, refusal('order-being-paid'));
    await orders.operations.complete(id, { trace: 'test', version: 2 });
    await cancel(id).expect(400, refusal('order-complete'));
  });
});

describe('a refused request changes nothing', () => {
  const everything = async () => ({
    orders: await Orders.find({}, { outbox: 0 }).sort({ _id: 1 }).lean(),
    tickets: await Tickets.find().sort({ _id: 1 }).lean(),
  });
  let before: Awaited<ReturnType<typeof everything>>;
  beforeEach(async () => {
    before = await everything();
  });
  afterEach(async () => expect(await everything()).toEqual(before));

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['a huge number', 1e300],
    ['empty', ''],
    ['no id', 'abc'],
    ['a hexadecimal prefix', `0x${'a'.repeat(22)}`],
    ['overlong', 'a'.repeat(5_000)],
    ['an exponent', '1e23'],
    ['a trailing newline', `${'a'.repeat(24)}\n`],
    ['a list', ['a'.repeat(24)]],
    ['an operator', { $gt: '' }],
    ['a prototype', { __proto__: null, constructor: { prototype: {} } }],
  ])('ticketId: %s', async (_what, ticketId) => {
    await place(ticketId).expect(400, refusal('id-malformed', 'ticketId', { field: 'ticketId' }));
  });

  test.each(['{"__proto__":{"ticketId":"aaaaaaaaaaaaaaaaaaaaaaaa"}}', '{"constructor":{"ticketId":1}}', '{}'])(
    'body: %s',
    async (text) => {
      const sent = http().post('/api/orders').set('Cookie', cookieOf(buyer)).type('json').send(text);
      await sent.expect(400, refusal('id-malformed', 'ticketId', { field: 'ticketId' }));
    },
  );

  test.each(['{', '"text"', 'null', '[]', '[{"ticketId":"x"}]'])('body that is not an object: %s', async (text) => {
    const sent = http().post('/api/orders').set('Cookie', cookieOf(buyer)).type('json').send(text);
    await sent.expect(400, refusal('body-not-json'));
  });

  test.each(['abc', '1e3', `0x${'a'.repeat(22)}`, '%7B%22$gt%22:1%7D', '__proto__', 'a'.repeat(300)])(
    'order id: %s',
    async (id) => {
      const wrong = refusal('id-malformed', 'id', { field: 'id' });
      await get(`/api/orders/${id}`).expect(400, wrong);
      await cancel(id).expect(400, wrong);
    },
  );

  test("an unknown order, and someone else's", async () => {
    await get(`/api/orders/${newId()}`).expect(404, refusal('order-not-found'));
    await cancel(newId()).expect(404, refusal('order-not-found'));
    const [order] = before.orders;
    const id = String(order?._id);
    await get(`/api/orders/${id}`, aCaller()).expect(401, refusal('order-not-yours'));
    await cancel(id, aCaller()).expect(401, refusal('order-not-yours'));
  });

  test.each([undefined, 'session=', 'session=e30=', `session=${Buffer.from('{"jwt":{"$gt":""}}').toString('base64')}`])(
    'no session: %s',
    async (cookie) => {
      const path = `/api/orders/${newId()}`;
      for (const call of [
        http().get('/api/orders'),
        http().get(path),
        http().delete(path),
        http().post('/api/orders').send({ ticketId: newId() }),
      ])
        await (cookie ? call.set('Cookie', cookie) : call).expect(401, refusal('sign-in-first'));
    },
  );
});
