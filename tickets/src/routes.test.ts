import request from 'supertest';
import type { TicketBody } from '@ticketing/common';
import { cookieOf, newId, until, refusal } from '@ticketing/common/testing';
import { Tickets } from './store';
import { aCaller, anOrder, expiresAt, nothingSaid, startTickets } from './testing';

let tickets: Awaited<ReturnType<typeof startTickets>>;
beforeAll(async () => {
  tickets = await startTickets();
});
afterAll(() => tickets.stop());

const seller = aCaller();
const concert = { title: 'Concert', price: 20.5 };
const http = () => request(tickets.app);
const list = (body: unknown, caller = seller, path = '/api/tickets') =>
  http()
    .post(path)
    .set('Cookie', cookieOf(caller))
    .send(body as object);
const edit = (id: string, body: unknown, caller = seller) =>
  http()
    .put(`/api/tickets/${id}`)
    .set('Cookie', cookieOf(caller))
    .send(body as object);
const withdraw = (id: string, caller = seller) => http().delete(`/api/tickets/${id}`).set('Cookie', cookieOf(caller));
const listed = async (caller = seller) => (await list(concert, caller).expect(201)).body as TicketBody;

const WRONG_TITLE = refusal('text-length', 'title', { field: 'Title', min: 1, max: 200 });
const WRONG_PRICE = refusal('price-out-of-range', 'price', { min: 0.5, max: 999_999.99 });
const WRONG_ID = refusal('id-malformed', 'id', { field: 'id' });
const NOT_OURS = refusal('listing-not-yours');
const NOT_FOUND = refusal('ticket-not-found');

describe('listing', () => {
  test.each(['/api/tickets', '/api/tickets/new'])('POST %s lists a ticket and tells of it', async (path) => {
    const { body } = await list({ ...concert, title: ' Concert ' }, seller, path).expect(201);
    const { id } = body as TicketBody;
    expect(body).toEqual({
      ...concert,
      ...nothingSaid,
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

  test('takes a title of 200 characters of any kind', async () => {
    for (const title of ['ß'.repeat(200), '<b>$gt</b> {"$ne":1}'])
      expect((await list({ ...concert, title }).expect(201)).body.title).toBe(title);
  });
});

const event = {
  description: 'Two hours, no break',
  category: 'concert',
  venue: 'Philharmonie',
  city: 'Berlin',
  startsAt: '2030-06-01T20:00:00+02:00',
  timeZone: 'Europe/Berlin',
  section: 'A',
  row: '7',
  seat: '12',
};
const shownEvent = { ...event, startsAt: '2030-06-01T18:00:00.000Z' };

describe('what a ticket is for', () => {
  test('is shown, and told with the listing', async () => {
    const { body } = await list({ ...concert, ...event, venue: ' Philharmonie ' }).expect(201);
    expect(body).toMatchObject(shownEvent);
    const { id } = body as TicketBody;
    expect((await http().get(`/api/tickets/${id}`).expect(200)).body).toEqual(body);
    await until(() => tickets.heardOf(id).length === 1);
    expect(tickets.heardOf(id)).toMatchObject([{ data: { ...shownEvent, heldUntil: null } }]);
  });

  test('is null where it is not said, said as null or empty; an edit replaces all of it', async () => {
    const { id } = (await list({ ...concert, ...event }).expect(201)).body as TicketBody;
    for (const said of [
      {},
      Object.fromEntries(Object.keys(event).map((field) => [field, ''])),
      Object.fromEntries(Object.keys(event).map((field) => [field, null])),
    ])
      expect((await edit(id, { ...concert, ...said }).expect(200)).body).toMatchObject({ ...concert, ...nothingSaid });
    expect((await edit(id, { ...concert, ...event }).expect(200)).body).toMatchObject(shownEvent);
    await until(() => tickets.heardOf(id).length === 5);
    expect(tickets.heardOf(id).map(({ data }) => data.venue)).toEqual([
      'Philharmonie',
      null,
      null,
      null,
      'Philharmonie',
    ]);
  });

  test('takes texts of full length', async () => {
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

  test('a held ticket says until when', async () => {
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
  test('changes title and price, and tells the whole state', async () => {
    const { id } = await listed();
    const { body } = await edit(id, { title: 'Dearer', price: '30' }).expect(200);
    expect(body).toMatchObject({ id, title: 'Dearer', price: 30, status: 'available', edition: 1, version: 1 });
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

  test('six edits at once are all applied, each to a version of its own', async () => {
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

describe('browsing', () => {
  test('pages through what can be bought, the newest first, until the end', async () => {
    await Tickets.deleteMany({});
    const ids: string[] = [];
    for (let count = 0; count < 7; count++) ids.unshift((await listed()).id);
    await withdraw(ids[2] ?? '').expect(204);
    await tickets.deliver(anOrder(ids[4] ?? '', 1, 0, 'created'));
    const expected = ids.filter((_, index) => index !== 2 && index !== 4);

    const seen: string[] = [];
    let next: string | undefined = '/api/tickets?limit=2';
    while (next) {
      const page: request.Response = await http().get(next).expect(200);
      seen.push(...(page.body as TicketBody[]).map(({ id }) => id));
      next = /^<(.*)>; rel="next"$/.exec(page.headers.link ?? '')?.[1];
    }
    expect(seen).toEqual(expected);
    expect((await http().get('/api/tickets')).body).toHaveLength(5);
  });

  test('shows a seller their listings in any state', async () => {
    const caller = aCaller();
    const kept = await listed(caller);
    const { id } = await listed(caller);
    await withdraw(id, caller).expect(204);
    const { body } = await http().get('/api/tickets/mine').set('Cookie', cookieOf(caller)).expect(200);
    expect(body).toMatchObject([{ id, status: 'withdrawn' }, kept]);
  });

  test('a ticket of a past event is shown by its id, but not listed', async () => {
    const { id } = (await list({ ...concert, ...event }).expect(201)).body as TicketBody;
    const path = '/api/tickets?q=philharmonie';
    const idsAt = async (address: string) =>
      ((await http().get(address).expect(200)).body as TicketBody[]).map((ticket) => ticket.id);
    expect(await idsAt('/api/tickets?limit=1')).toEqual([id]);
    expect(await idsAt(path)).toContain(id);
    const begun = new Date(Date.now() - 1);
    await Tickets.updateOne({ _id: id }, { startsAt: begun, sellsUntil: begun });
    for (const address of ['/api/tickets', path, `${path}&sort=soonest`])
      expect(await idsAt(address)).not.toContain(id);
    await tickets.operations.retireBegun();
    expect(await Tickets.findById(id)).toMatchObject({ sellsUntil: null, startsAt: begun });
    expect((await http().get(`/api/tickets/${id}`).expect(200)).body).toMatchObject({
      id,
      status: 'available',
      startsAt: begun.toISOString(),
    });
  });

  test('finds by words, category, date and price, in the order that is asked for, page by page', async () => {
    const day = (date: string) => ({
      startsAt: `2031-01-${date}T20:00:00Z`,
      timeZone: 'Europe/Berlin',
      category: 'theatre',
      city: 'Köln',
    });
    for (const [date, price] of [
      ['03', 30],
      ['01', 10],
      ['02', 20],
      ['04', 40],
      ['05', 20],
    ] as const)
      await list({ title: `Hamlet ${date}`, price, ...day(date) }).expect(201);
    const titles = async (query: string) => {
      const seen: string[] = [];
      let next: string | undefined = `/api/tickets?q=HAMLET+koln&category=theatre&${query}&limit=2`;
      while (next) {
        const page: request.Response = await http().get(next).expect(200);
        seen.push(...(page.body as TicketBody[]).map(({ title }) => title.slice(-2)));
        next = /^<(.*)>; rel="next"$/.exec(page.headers.link ?? '')?.[1];
        if (next)
          expect(Object.fromEntries(new URLSearchParams(next.split('?')[1]))).toMatchObject({
            q: 'HAMLET koln',
            category: 'theatre',
            limit: '2',
          });
      }
      return seen;
    };
    expect(await titles('sort=soonest')).toEqual(['01', '02', '03', '04', '05']);
    expect(await titles('sort=newest')).toEqual(['05', '04', '02', '01', '03']);
    expect(await titles('sort=price')).toEqual(['01', '02', '05', '03', '04']);
    expect(await titles('sort=-price&from=')).toEqual(['04', '03', '05', '02', '01']);
    expect(await titles('sort=soonest&from=2031-01-02T20:00:00Z&to=2031-01-04T21:00:00%2B01:00')).toEqual([
      '02',
      '03',
      '04',
    ]);
    expect(await titles('sort=price&minPrice=10.01&maxPrice=30')).toEqual(['02', '05', '03']);
    expect(await titles('minPrice=0&maxPrice=&from=')).toHaveLength(5);
  });

  test.each([
    ['category=circus', 'category', 'option-unknown'],
    ['category=sport&category=comedy', 'category', 'option-unknown'],
    [`q=${'x'.repeat(101)}`, 'q', 'text-too-long'],
    ['from=tomorrow', 'from', 'time-malformed'],
    ['to=2030-01-01T00:00:00', 'to', 'time-malformed'],
    ['from=2030-01-02T00:00:00Z&to=2030-01-01T00:00:00Z', 'to', 'to-before-from'],
    ['minPrice=cheap', 'minPrice', 'price-malformed'],
    ['maxPrice=-1', 'maxPrice', 'price-malformed'],
    ['minPrice=3&maxPrice=2', 'maxPrice', 'price-range-reversed'],
    ['sort=name', 'sort', 'option-unknown'],
  ])('refuses %s', async (query, field, code) => {
    const { body } = await http().get(`/api/tickets?${query}`).expect(400);
    expect(body).toEqual({ errors: [expect.objectContaining({ code, field })] });
  });

  test('refuses the cursor of another sort', async () => {
    const { headers } = await http().get('/api/tickets?limit=1&sort=price').expect(200);
    const cursor = /cursor=([^&>]*)/.exec(String(headers.link))?.[1] ?? '';
    await http().get(`/api/tickets?sort=price&cursor=${cursor}`).expect(200);
    for (const sort of ['-price', 'soonest', 'newest', ''])
      await http().get(`/api/tickets?sort=${sort}&cursor=${cursor}`).expect(400, refusal('cursor-unknown', 'cursor'));
  });

  test.each(['limit=0', 'limit=101', 'limit=1e1', 'limit=2&limit=3', 'limit=', 'limit=1.5', 'limit=-1'])(
    'refuses %s',
    async (query) => {
      await http()
        .get(`/api/tickets?${query}`)
        .expect(400, refusal('limit-out-of-range', 'limit', { max: 100 }));
    },
  );

  test('takes no operator from a query', async () => {
    const page = (await http().get('/api/tickets')).body as TicketBody[];
    await http().get('/api/tickets?limit[$gt]=1&cursor[$ne]=x&status=sold&__proto__[limit]=1').expect(200, page);
  });

  test.each(['abc', `0x${'a'.repeat(22)}`, `${'a'.repeat(24)}&cursor=${'b'.repeat(24)}`, ''])(
    'refuses the cursor %p',
    async (cursor) => {
      await http().get(`/api/tickets?cursor=${cursor}`).expect(400, refusal('cursor-unknown', 'cursor'));
    },
  );
});

describe('what is refused changes nothing', () => {
  const everything = () => Tickets.find({}, { outbox: 0 }).sort({ _id: 1 }).lean();
  let before: Awaited<ReturnType<typeof everything>>;
  let own: TicketBody;
  beforeAll(async () => {
    own = await listed();
  });
  beforeEach(async () => {
    before = await everything();
  });
  afterEach(async () => expect(await everything()).toEqual(before));

  test.each([undefined, null, '', '   ', 'x'.repeat(201), 7, true, ['Concert'], { $ne: '' }, {}])(
    'title: %p',
    async (title) => {
      await list({ ...concert, title }).expect(400, WRONG_TITLE);
      await edit(own.id, { ...concert, title }).expect(400, WRONG_TITLE);
    },
  );

  test.each([
    undefined,
    null,
    '',
    0,
    -1,
    '-1',
    1.234,
    '1.234',
    1_000_000,
    1e21,
    '1e3',
    '1E2',
    '0x10',
    'NaN',
    'Infinity',
    '٣',
    '1,5',
    true,
    [5],
    { $gt: 0 },
    '9'.repeat(5_000),
    0.001,
    '+5',
    '.5',
  ])('price: %p', async (price) => {
    await list({ ...concert, price }).expect(400, WRONG_PRICE);
    await edit(own.id, { ...concert, price }).expect(400, WRONG_PRICE);
  });

  const longer = (max: number) => ['x'.repeat(max + 1), 7, true, ['x'], { $ne: 'x' }];
  test.each([
    ...longer(2_000).map((value) => ['description', value, 'text-too-long'] as const),
    ...longer(100).flatMap((value) => [
      ['venue', value, 'text-too-long'] as const,
      ['city', value, 'text-too-long'] as const,
    ]),
    ...longer(20).map((value) => ['section', value, 'text-too-long'] as const),
    ...longer(20).map((value) => ['row', value, 'text-too-long'] as const),
    ...longer(20).map((value) => ['seat', value, 'text-too-long'] as const),
    ...['circus', 7, ['concert'], { $ne: 'x' }].map((value) => ['category', value, 'option-unknown'] as const),
    ...[
      'tomorrow',
      '2030-06-01',
      '2030-06-01T20:00:00',
      '2030-02-30T20:00:00Z',
      1_900_000_000_000,
      ['2030-06-01T20:00:00Z'],
      null,
      '',
    ].map((value) => ['startsAt', value, value ? 'time-malformed' : 'time-without-zone'] as const),
    ...['2020-06-01T20:00:00Z', '2021-01-01T00:00:00-05:00'].map(
      (value) => ['startsAt', value, 'event-in-past'] as const,
    ),
    ...['Mars/Olympus', '+02:00', 7, ['Europe/Berlin'], 'Europe/Berlin ', null, ''].map(
      (value) => ['timeZone', value, value ? 'time-zone-unknown' : 'time-without-zone'] as const,
    ),
  ])('%s: %p', async (field, value, code) => {
    const body = { ...concert, ...event, [field]: value };
    const refused = { errors: [expect.objectContaining({ code, field })] };
    expect((await list(body).expect(400)).body).toEqual(refused);
    expect((await edit(own.id, body).expect(400)).body).toEqual(refused);
  });

  test.each(['[]', '{}', '{"__proto__":{"title":"x","price":1}}', '[{"title":"x","price":1}]'])(
    'body: %s',
    async (text) => {
      const { status, body } = await http()
        .post('/api/tickets')
        .set('Cookie', cookieOf(seller))
        .type('json')
        .send(text);
      expect({ status, body }).toEqual({
        status: 400,
        body: { errors: [...WRONG_TITLE.errors, ...WRONG_PRICE.errors] },
      });
    },
  );

  test.each(['abc', '1e3', `0x${'a'.repeat(22)}`, '__proto__', '%00', 'a'.repeat(300)])('ticket id: %s', async (id) => {
    await http().get(`/api/tickets/${id}`).expect(400, WRONG_ID);
    await edit(id, concert).expect(400, WRONG_ID);
    await withdraw(id).expect(400, WRONG_ID);
  });

  test("an unknown ticket, and another's", async () => {
    await http().get(`/api/tickets/${newId()}`).expect(404, NOT_FOUND);
    await edit(newId(), concert).expect(404, NOT_FOUND);
    await withdraw(newId()).expect(404, NOT_FOUND);
    await edit(own.id, concert, aCaller()).expect(401, NOT_OURS);
    await withdraw(own.id, aCaller()).expect(401, NOT_OURS);
  });

  test('fields that are not for a seller to say', async () => {
    const { body } = await list({
      ...concert,
      status: 'sold',
      version: 9,
      userId: newId(),
      orderId: newId(),
      _id: own.id,
    }).expect(201);
    expect(body).toMatchObject({ status: 'available', version: 0, userId: seller.id, orderId: null });
    await Tickets.deleteOne({ _id: (body as TicketBody).id });
  });

  test.each([undefined, 'session=', 'session=e30='])('no session: %s', async (cookie) => {
    const path = `/api/tickets/${own.id}`;
    const calls = [
      http().get('/api/tickets/mine'),
      http().post('/api/tickets').send(concert),
      http().put(path).send(concert),
      http().delete(path),
    ];
    for (const call of calls) await (cookie ? call.set('Cookie', cookie) : call).expect(401, refusal('sign-in-first'));
  });
});
