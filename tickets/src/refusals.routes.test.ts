import { setCurrency, type TicketBody } from '@ticketing/common';
import { cookieOf, newId, refusal } from '@ticketing/common/testing';
import { Tickets } from './store';
import { aCaller, clientOf, concert, event, startTickets } from './testing';

let tickets: Awaited<ReturnType<typeof startTickets>>;
beforeAll(async () => {
  tickets = await startTickets();
});
afterAll(() => tickets.stop());

const seller = aCaller();
const { http, list, edit, withdraw, listed } = clientOf(() => tickets.app, seller);

const WRONG_TITLE = refusal('text-length', 'title', { field: 'Title', min: 1, max: 200 });
const WRONG_PRICE = refusal('price-out-of-range', 'price', { min: 0.5, max: 999_999.99 });
const WRONG_ID = refusal('id-malformed', 'id', { field: 'id' });
const NOT_OURS = refusal('listing-not-yours');
const NOT_FOUND = refusal('ticket-not-found');

describe('a refused query', () => {
  test.each([
    ['category=circus', 'category', 'option-unknown'],
    ['category=sport&category=comedy', 'category', 'option-unknown'],
    [`q=${'x'.repeat(101)}`, 'q', 'text-too-long'],
    [`q=${encodeURIComponent('\ufdfa'.repeat(100))}`, 'q', 'text-too-long'],
    ['from=tomorrow', 'from', 'time-malformed'],
    ['from=9999-12-31T23:59:59-23:59', 'from', 'time-malformed'],
    ['to=9999-12-31T23:59:59-23:59', 'to', 'time-malformed'],
    ['fromDay=2030-02-30', 'fromDay', 'day-malformed'],
    ['toDay=2030-1-1', 'toDay', 'day-malformed'],
    ['toDay=9999-12-31', 'toDay', 'day-malformed'],
    ['fromDay=2030-01-02&toDay=2030-01-01', 'toDay', 'to-before-from'],
    ['held=true', 'held', 'option-unknown'],
    ['held=include&held=include', 'held', 'option-unknown'],
    [`city=${'x'.repeat(101)}`, 'city', 'text-too-long'],
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

  test('names an example of a price in our currency', async () => {
    const params = { field: 'minPrice', decimals: 2, price: 49.5 };
    await http()
      .get('/api/tickets?minPrice=cheap')
      .expect(400, refusal('price-malformed', 'minPrice', params));
    setCurrency('jpy');
    try {
      const yen = { field: 'minPrice', decimals: 0, price: 4_950 };
      await http()
        .get('/api/tickets?minPrice=49.50')
        .expect(400, refusal('price-malformed', 'minPrice', yen));
    } finally {
      setCurrency('usd');
    }
  });

  test('refuses the cursor of another sort', async () => {
    for (let count = 0; count < 2; count++) await listed();
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

  test('accepts no operators in a query', async () => {
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

describe('a refused request changes nothing', () => {
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
      '9999-12-31T23:59:59-23:59',
      '1969-12-31T23:59:59Z',
      '2200-01-01T00:00:00Z',
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

  const unclean = ['\ud800', 'x\udc00', 'a\u0000b', 'a\u0007b', 'a\u202eb', 'a\u2066b', 'a\u2028b', 'a\u009fb'];
  const texts = ['title', 'description', 'venue', 'city', 'section', 'row', 'seat'];
  test.each(texts.flatMap((field) => unclean.map((value) => [field, value] as const)))(
    'characters that cannot be displayed: %s: %j',
    async (field, value) => {
      const body = { ...concert, ...event, [field]: value };
      const refused = { errors: [expect.objectContaining({ code: 'text-characters', field })] };
      expect((await list(body).expect(400)).body).toEqual(refused);
      expect((await edit(own.id, body).expect(400)).body).toEqual(refused);
    },
  );

  test.each(['section', 'venue', 'title'])('line breaks and tabs in a single-line text: %s', async (field) => {
    for (const value of ['a\nb', 'a\tb'])
      expect((await list({ ...concert, [field]: value }).expect(400)).body).toEqual({
        errors: [expect.objectContaining({ code: 'text-characters', field })],
      });
  });

  test.each(['\u200b', '\u2800\u3164', ' \u00a0 ', '\u0301', '\ufeff\u200d'])(
    'an invisible title: %j',
    async (title) => {
      await list({ ...concert, title }).expect(400, WRONG_TITLE);
      await edit(own.id, { ...concert, title }).expect(400, WRONG_TITLE);
    },
  );

  const send = (text: string) => http().post('/api/tickets').set('Cookie', cookieOf(seller)).type('json').send(text);

  test.each(['{}', '{"__proto__":{"title":"x","price":1}}'])('body: %s', async (text) => {
    const { status, body } = await send(text);
    expect({ status, body }).toEqual({
      status: 400,
      body: { errors: [...WRONG_TITLE.errors, ...WRONG_PRICE.errors] },
    });
  });

  test.each(['[]', '[{"title":"x","price":1}]'])('body that is not an object: %s', async (text) => {
    await send(text).expect(400, refusal('body-not-json'));
  });

  test.each(['abc', '1e3', `0x${'a'.repeat(22)}`, '__proto__', '%00', 'a'.repeat(300)])('ticket id: %s', async (id) => {
    await http().get(`/api/tickets/${id}`).expect(400, WRONG_ID);
    await edit(id, concert).expect(400, WRONG_ID);
    await withdraw(id).expect(400, WRONG_ID);
  });

  test("an unknown ticket, and someone else's", async () => {
    await http().get(`/api/tickets/${newId()}`).expect(404, NOT_FOUND);
    await edit(newId(), concert).expect(404, NOT_FOUND);
    await withdraw(newId()).expect(404, NOT_FOUND);
    await edit(own.id, concert, aCaller()).expect(401, NOT_OURS);
    await withdraw(own.id, aCaller()).expect(401, NOT_OURS);
  });

  test('fields that a seller cannot set', async () => {
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
