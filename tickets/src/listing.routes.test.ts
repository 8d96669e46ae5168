import type { TicketBody } from '@ticketing/common';
import { refusal, until } from '@ticketing/common/testing';
import { Tickets } from './store';
import { aCaller, anOrder, clientOf, concert, event, expiresAt, noDetails, shownEvent, startTickets } from './testing';

let tickets: Awaited<ReturnType<typeof startTickets>>;
beforeAll(async () => {
  tickets = await startTickets();
});
afterAll(() => tickets.stop());

const seller = aCaller();
const { http, list, edit, withdraw, listed } = clientOf(() => tickets.app, seller);

describe('listing', () => {
  test.each(['/api/tickets', '/api/tickets/new'])('POST %s lists a ticket and publishes it', async (path) => {
    const { body } = await list({ ...concert, title: ' Concert ' }, seller, path).expect(201);
    const { id } = body as TicketBody;
    expect(body).toEqual({
      ...concert,
      ...noDetails,
      ...{ deliveredAt: null, isScanned: null, deliverBy: null, missedAt: null, readAt: null, isRefunded: false },
      edition: 0,
      heldUntil: null,
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      userId: seller.id,
      status: 'available',
      orderId: null,
      version: 0,
    });
    await http().get(`/api/tickets/${id.toUpperCase()}`).expect(200, body);
    await until(() => tickets.heardOf(id).length === 1);
    expect(tickets.heardOf(id)).toMatchObject([
      { subject: 'ticket:created', version: 0, data: { price: 2_050, status: 'available', seq: 0 } },
    ]);
    await until(async () => (await Tickets.findById(id))?.outbox.length === 0);
  });

  test.each([
    [0.5, 0.5],
    ['20', 20],
    [' 7.5 ', 7.5],
    [999_999.99, 999_999.99],
    ['1.10', 1.1],
  ])('takes the price %p', async (price, shown) => {
    expect((await list({ ...concert, price }).expect(201)).body.price).toBe(shown);
  });

  test('accepts a title of 200 characters of any kind', async () => {
    for (const title of ['ß'.repeat(200), '<b>$gt</b> {"$ne":1}'])
      expect((await list({ ...concert, title }).expect(201)).body.title).toBe(title);
  });
});

describe('event details', () => {
  test('are shown, and published with the listing', async () => {
    const { body } = await list({ ...concert, ...event, venue: ' Philharmonie ' }).expect(201);
    expect(body).toMatchObject(shownEvent);
    const { id } = body as TicketBody;
    expect((await http().get(`/api/tickets/${id}`).expect(200)).body).toEqual(body);
    await until(() => tickets.heardOf(id).length === 1);
    expect(tickets.heardOf(id)).toMatchObject([{ data: { ...shownEvent, heldUntil: null } }]);
  });

  test('are null if omitted, null or empty; an edit replaces all of them', async () => {
    const { id } = (await list({ ...concert, ...event, seat: '13' }).expect(201)).body as TicketBody;
    for (const said of [
      {},
      Object.fromEntries(Object.keys(event).map((field) => [field, ''])),
      Object.fromEntries(Object.keys(event).map((field) => [field, null])),
    ])
      expect((await edit(id, { ...concert, ...said }).expect(200)).body).toMatchObject({ ...concert, ...noDetails });
    expect((await edit(id, { ...concert, ...event, seat: '13' }).expect(200)).body).toMatchObject({
      ...shownEvent,
      seat: '13',
    });
    await until(() => tickets.heardOf(id).length === 5);
    expect(tickets.heardOf(id).map(({ data }) => data.venue)).toEqual([
      'Philharmonie',
      null,
      null,
      null,
      'Philharmonie',
    ]);
  });

  test('accept texts of full length', async () => {
    const texts = {
      description: 'x'.repeat(2_000),
      venue: 'ß'.repeat(100),
      city: 'x'.repeat(100),
      section: 'x'.repeat(20),
      row: 'x'.repeat(20),
      seat: 'x'.repeat(20),
    };
    expect((await list({ ...concert, ...texts }).expect(201)).body).toMatchObject(texts);
  });

  test('a held ticket says until when it is held', async () => {
    const { id } = await listed();
    await tickets.deliver(anOrder(id, 1, 0, 'created'));
    expect((await http().get(`/api/tickets/${id}`)).body).toMatchObject({ status: 'held', heldUntil: expiresAt });
    await until(() => tickets.heardOf(id).length === 2);
    expect(tickets.heardOf(id)[1]).toMatchObject({ data: { heldUntil: expiresAt } });
    await tickets.deliver(anOrder(id, 1, 1, 'cancelled'));
    expect((await http().get(`/api/tickets/${id}`)).body).toMatchObject({ status: 'available', heldUntil: null });
  });
});

describe('editing and withdrawing', () => {
  test('changes title and price, and publishes the whole state', async () => {
    const { id } = await listed();
    const { body } = await edit(id, { title: 'Dearer', price: '30' }).expect(200);
    expect(body).toMatchObject({ id, title: 'Dearer', price: 30, status: 'available', version: 1 });
    await until(() => tickets.heardOf(id).length === 2);
    expect(tickets.heardOf(id)[1]).toMatchObject({
      subject: 'ticket:updated',
      version: 1,
      data: { title: 'Dearer', price: 3_000 },
    });
  });

  test('withdraws, once', async () => {
    const { id } = await listed();
    await withdraw(id).expect(204);
    expect((await http().get(`/api/tickets/${id}`).expect(200)).body).toMatchObject({
      status: 'withdrawn',
      version: 1,
    });
    await withdraw(id).expect(400, refusal('listing-withdrawn'));
    await until(() => tickets.heardOf(id).length === 2);
  });

  test('six concurrent edits are all applied, each with its own version', async () => {
    const { id } = await listed();
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) => edit(id, { title: `Edit ${index}`, price: 1 })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    expect(answers.map(({ body }) => (body as TicketBody).version).sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('refuses while an order holds or has bought it', async () => {
    const { id } = await listed();
    const steps = [
      ['created', 0, refusal('listing-held', undefined, { until: expiresAt })],
      ['complete', 2, refusal('listing-sold')],
    ] as const;
    for (const [status, version, answer] of steps) {
      await tickets.deliver(anOrder(id, 1, version, status));
      await edit(id, concert).expect(400, answer);
      await withdraw(id).expect(400, answer);
    }
    expect((await http().get(`/api/tickets/${id}`)).body).toMatchObject({ ...concert, status: 'sold', version: 2 });
  });
});
