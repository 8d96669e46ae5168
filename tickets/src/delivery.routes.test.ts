import { MAX_DELIVERY, UPLOAD_PART, type TicketBody } from '@ticketing/common';
import { newId, refusal, until } from '@ticketing/common/testing';
import request from 'supertest';
import { Chunks, Files, Tickets } from './store';
import { aCaller, anOrder, clientOf, concert, event, startTickets } from './testing';
import { aPdf, aPng, ENCRYPTED } from './testing/files';
import { deliveriesOf, partsIn, promised } from './testing/uploads';

const DAY = 86_400_000;
let late = 0;
let tickets: Awaited<ReturnType<typeof startTickets>>;
beforeAll(async () => {
  tickets = await startTickets(() => new Date(Date.now() + late));
});
afterAll(() => tickets.stop());
beforeEach(() => void (late = 0));

const seller = aCaller();
const { list, edit, withdraw } = clientOf(() => tickets.app, seller);
const { http, hand, read, begin, part, complete, uploaded, upload, listed } = deliveriesOf(() => tickets.app, seller);

/** Sells a ticket to someone. */
async function sold(id: string, status: 'created' | 'complete' = 'complete') {
  const buyer = aCaller();
  const order = anOrder(id, 1, 1, status);
  order.data.userId = buyer.id;
  await tickets.deliver(order);
  return { buyer, order };
}
const heardLast = (id: string) => tickets.heardOf(id).at(-1)?.data;
const code = () => `CODE ${newId()}`;

test('a transfer can be read by its seller and, once sold, its buyer, and nobody else', async () => {
  const { id } = await listed();
  const transfer = { url: 'https://example.com/t/1?x=2', code: code(), note: 'Row 7\nAsk for Eve' };
  const { body } = await hand(id, transfer).expect(200);
  expect(body).toMatchObject({ isScanned: null, edition: 0, deliveredAt: expect.any(String) as string });
  const own = await read(id).expect(200, { transfer });
  expect(own.headers).toMatchObject({
    'cache-control': 'no-store',
    'content-disposition': 'attachment; filename="transfer.json"',
    'content-security-policy': expect.stringMatching(/^default-src 'none';.*;sandbox$/) as string,
    'x-content-type-options': 'nosniff',
  });
  await read(id, aCaller()).expect(404, refusal('delivery-not-found'));
  const { buyer, order } = await sold(id, 'created');
  await read(id, buyer).expect(404);
  await tickets.deliver({
    ...order,
    subject: 'order:completed',
    version: 2,
    data: { ...order.data, status: 'complete' },
  });
  await read(id, aCaller()).expect(404);
  await http('head', `${id}/delivery`, buyer).expect(404);
  expect(await Tickets.findById(id).lean()).toMatchObject({ status: 'sold' });
  expect((await Tickets.findById(id).lean())?.readAt).toBeUndefined();
  await read(id, buyer).expect(200, { transfer });
  const first = (await Tickets.findById(id).lean())?.readAt;
  expect(first).toBeInstanceOf(Date);
  await read(id, buyer).expect(200);
  const stored = await Tickets.findById(id).lean();
  expect(stored?.readAt).toEqual(first);
  expect(stored?.reads?.map(({ by }) => by)).toEqual(['seller', 'buyer', 'buyer']);
});

test.each([
  [{}, 'transfer-empty'],
  [{ url: 'http://example.com' }, 'transfer-url'],
  [{ url: 'javascript:alert(1)' }, 'transfer-url'],
  [{ code: 'x'.repeat(501) }, 'text-too-long'],
  [{ code: 'a\u202eb' }, 'text-characters'],
])('refuses the transfer %j: %s', async (transfer, expected) => {
  const { id } = await listed();
  const { body } = await hand(id, transfer).expect(400);
  expect(body).toMatchObject({ errors: [{ code: expected, field: 'transfer' }] });
});

test('a file is uploaded in parts, in any order and repeatedly, and comes back unchanged', async () => {
  const { id } = await listed();
  const file = Buffer.concat([await aPdf(code()), Buffer.alloc(2 * UPLOAD_PART, '%\n')]);
  const upload = (await begin(id, file.length).expect(201)).body as { id: string };
  const parts = partsIn(file);
  for (const number of [2, 0, 2]) await part(id, upload.id, number, parts[number] as Buffer).expect(204);
  await complete(id, upload.id).expect(400, refusal('upload-incomplete', undefined, { part: 1 }));
  const { body } = await http('get', `${id}/delivery/uploads/${upload.id}`).expect(200);
  expect(body).toMatchObject({ parts: [0, 2], size: file.length, partSize: UPLOAD_PART });
  await part(id, upload.id, 1, parts[1] as Buffer).expect(204);
  await complete(id, upload.id).expect(200);
  const again = await complete(id, upload.id).expect(200);
  expect(again.body).toMatchObject({ isScanned: true, edition: 0, version: 1 });
  const { buyer } = await sold(id);
  const answer = await read(id, buyer).expect(200).expect('Content-Type', 'application/pdf');
  expect(file.equals(answer.body as Buffer)).toBe(true);
  const stored = (await Chunks.find({}).lean()) as unknown as { data: { buffer: Uint8Array } }[];
  expect(stored.some(({ data }) => Buffer.from(data.buffer).includes('%PDF'))).toBe(false);
});

test("someone else's upload is 404", async () => {
  const { id } = await listed();
  const file = await aPng(code());
  const { id: upload } = (await begin(id, file.length).expect(201)).body as { id: string };
  const stranger = aCaller();
  await begin(id, 1, stranger).expect(401, refusal('listing-not-yours'));
  await http('get', `${id}/delivery/uploads/${upload}`, stranger).expect(404, refusal('upload-not-found'));
  await part(id, upload, 0, file, stranger).expect(404, refusal('upload-not-found'));
  await complete(id, upload, stranger).expect(401, refusal('listing-not-yours'));
});

test('limits the size of files and parts, and the number of unfinished uploads', async () => {
  const hoarder = aCaller();
  const { id } = await listed(promised, hoarder);
  for (const size of [0, MAX_DELIVERY + 1, 1.5, '1'])
    await begin(id, size as number, hoarder).expect(400, refusal('upload-size', 'size', { max: MAX_DELIVERY }));
  const { id: upload } = (await begin(id, UPLOAD_PART + 3, hoarder).expect(201)).body as { id: string };
  const wrong = (number: number, size: number) => refusal('part-size', undefined, { part: number, size });
  await part(id, upload, 1, Buffer.alloc(4), hoarder).expect(400, wrong(1, 3));
  await part(id, upload, 2, Buffer.alloc(4), hoarder).expect(400, wrong(2, 0));
  await part(id, upload, 0, Buffer.alloc(UPLOAD_PART + 1), hoarder).expect(413);
  for (let more = 0; more < 4; more++) await begin((await listed(promised, hoarder)).id, 1, hoarder).expect(201);
  await begin((await listed(promised, hoarder)).id, 1, hoarder).expect(429, refusal('too-many-uploads'));
  await begin(id, 1, hoarder).expect(201);
  await part(id, upload, 1, Buffer.alloc(3), hoarder).expect(404, refusal('upload-not-found'));
});

test.each([
  ['a page of HTML', 'file-unknown', () => Buffer.from('<script>alert(1)</script>')],
  ['half a picture', 'file-broken', async () => (await aPng(code())).subarray(0, 60)],
  ['a PDF with a password', 'file-encrypted', () => aPdf(code(), { more: ENCRYPTED })],
  ['a page of millions of points', 'file-too-large', () => aPdf(code(), { box: [14_000, 14_000] })],
] as const)('%s is refused (%s) and not stored', async (_what, refused, file) => {
  const { id } = await listed();
  const bad = await uploaded(id, await file());
  await complete(id, bad).expect(400, refusal(refused));
  expect(await Chunks.countDocuments({ files_id: bad })).toBe(0);
  expect((await Tickets.findById(id).lean())?.delivered).toBeUndefined();
});

test("reads are recorded by reader: the seller's never displace the buyer's", async () => {
  const { id } = await listed();
  await hand(id, { code: code() }).expect(200);
  const { buyer } = await sold(id);
  await read(id, buyer).expect(200);
  const { reads: first } = (await Tickets.findById(id).lean()) ?? {};
  for (let more = 0; more < 25; more++) await read(id).expect(200);
  await read(id, buyer).expect(200);
  const { reads = [] } = (await Tickets.findById(id).lean()) ?? {};
  const by = (reader: string) => reads.filter((each) => each.by === reader);
  expect([by('seller').length, by('buyer').length, by('buyer')[0]]).toEqual([20, 2, first?.[0]]);
});

test('content can be replaced until the ticket is held, as another edition', async () => {
  const { id } = await listed();
  await hand(id, { code: code() }).expect(200);
  expect((await hand(id, { code: code() }).expect(200)).body).toMatchObject({ edition: 1 });
  const { order } = await sold(id, 'created');
  const { body } = await hand(id, { code: code() }).expect(400);
  expect(body).toMatchObject({ errors: [{ code: 'listing-held' }] });
  await tickets.deliver({
    ...order,
    subject: 'order:completed',
    version: 2,
    data: { ...order.data, status: 'complete' },
  });
  await hand(id, { code: code() }).expect(409, refusal('delivery-final'));
});

test('promised content may follow the sale until its deadline; after that it is missed', async () => {
  const [kept, missed] = [await listed(), await listed()];
  const { buyer } = await sold(kept.id);
  await sold(missed.id);
  expect(heardLast(missed.id) ?? (await Tickets.findById(missed.id).lean())).toBeTruthy();
  expect((await hand(kept.id, { code: code() }).expect(200)).body).toMatchObject({ edition: 0, deliverBy: null });
  await read(kept.id, buyer).expect(200);
  await tickets.operations.deliveries.miss();
  expect((await Tickets.findById(missed.id).lean())?.missedAt).toBeUndefined();
  late = 1.01 * DAY;
  await tickets.operations.deliveries.miss();
  const after = await Tickets.findById(missed.id).lean();
  expect(after?.missedAt).toBeInstanceOf(Date);
  expect((await Tickets.findById(kept.id).lean())?.missedAt).toBeUndefined();
  await hand(missed.id, { code: code() }).expect(409, refusal('delivery-missed'));
});

test('of a concurrent handover and missed deadline, one wins', async () => {
  for (let round = 0; round < 5; round++) {
    late = 0;
    const { id } = await listed();
    await sold(id);
    late = 1.01 * DAY;
    const [{ status }] = await Promise.all([hand(id, { code: code() }), tickets.operations.deliveries.miss()]);
    const { missedAt, deliveredAt } = (await Tickets.findById(id).lean()) ?? {};
    expect(Boolean(missedAt)).toBe(!deliveredAt);
    expect(status === 200).toBe(Boolean(deliveredAt));
  }
});

test('a refund makes a delivery void', async () => {
  const { id } = await listed();
  await hand(id, { code: code() }).expect(200);
  const { buyer, order } = await sold(id);
  await read(id, buyer).expect(200);
  await tickets.deliver({
    ...order,
    subject: 'order:refunded',
    version: 2,
    data: { ...order.data, status: 'refunded' },
  });
  await read(id, buyer).expect(404);
  await read(id).expect(404);
  await hand(id, { code: code() }).expect(409, refusal('delivery-void'));
  const tells = async (caller: typeof seller) => {
    const { body }: request.Response = await http('get', id, caller).expect(200);
    return (body as TicketBody).isRefunded;
  };
  for (const party of [seller, buyer]) expect(await tells(party)).toBe(true);
  expect(await tells(aCaller())).toBe(false);
});

test('the same seat, content or barcode can be listed once, until it is withdrawn', async () => {
  const other = aCaller();
  const first = await listed({ ...promised, ...event, seat: '99' });
  const spelt = { ...promised, ...event, seat: '99', city: 'BERLIN ', venue: 'philharmonie' };
  await list(spelt, other).expect(409, refusal('seat-listed'));
  const next = await listed({ ...promised, ...event, seat: '98' }, other);
  await edit(next.id, spelt, other).expect(409, refusal('seat-listed'));
  const barcode = code();
  await upload(first.id, await aPdf(barcode)).then(({ status }) => expect(status).toBe(200));
  const same = await upload(next.id, await aPng(barcode), other);
  expect([same.status, same.body]).toEqual([409, refusal('content-listed')]);
  await withdraw(first.id).expect(204);
  await edit(next.id, spelt, other).expect(200);
  expect((await upload(next.id, await aPng(barcode), other)).status).toBe(200);
});

test('of two concurrent sellers with the same barcode, one can list it', async () => {
  const [one, two] = [aCaller(), aCaller()];
  const barcode = code();
  const hands = [one, two].map(async (caller) =>
    upload((await listed(promised, caller)).id, await aPng(barcode), caller),
  );
  const statuses = (await Promise.all(hands)).map(({ status }) => status);
  expect(statuses.sort()).toEqual([200, 409]);
});

test("an open promise is sold until three hours before its event, and searched by the event's start", async () => {
  const startsAt = new Date(Date.now() + 2.5 * 3_600_000).toISOString();
  const soon = { ...concert, title: `Soon ${newId()}`, startsAt, timeZone: 'UTC', delivery: 'later' };
  const { id } = await listed(soon);
  const found = async () =>
    (await request(tickets.app).get('/api/tickets').query({ q: soon.title, from: startsAt, to: startsAt }).expect(200))
      .body as TicketBody[];
  expect(await found()).toEqual([]);
  await hand(id, { code: code() }).expect(200);
  expect(await found()).toMatchObject([{ id }]);
});

test('deletes unneeded content: unfinished, replaced, withdrawn for 30 days', async () => {
  const { id } = await listed();
  const left = await uploaded(id, await aPng(code()));
  const { id: kept } = await listed();
  await hand(kept, { code: code() }).expect(200);
  const replaced = (await Tickets.findById(kept).lean())?.delivered?.fileId ?? '';
  await hand(kept, { code: code() }).expect(200);
  const current = (await Tickets.findById(kept).lean())?.delivered?.fileId ?? '';
  const { sweep } = tickets.operations.deliveries;
  const there = async () =>
    Promise.all([left, replaced, current].map(async (_id) => Number(await Chunks.countDocuments({ files_id: _id }))));
  late = 180_000;
  await sweep();
  expect(await there()).toEqual([1, 0, 1]);
  late = 1.1 * DAY;
  await sweep();
  expect(await there()).toEqual([0, 0, 1]);
  await withdraw(kept).expect(204);
  late = 30 * DAY;
  await sweep();
  expect(await there()).toEqual([0, 0, 1]);
  late = 32 * DAY;
  await sweep();
  expect(await there()).toEqual([0, 0, 0]);
  late = 33 * DAY;
  await sweep();
  expect(await Files.countDocuments({ _id: current })).toBe(0);
});

test('events contain nothing that was handed over', async () => {
  const { id } = await listed();
  const secret = code();
  await hand(id, { code: secret, url: 'https://example.com/secret' }).expect(200);
  await until(() => heardLast(id)?.deliveredAt);
  const stored = await Tickets.findById(id).lean();
  const told = JSON.stringify([tickets.heardOf(id), stored?.outbox]);
  for (const word of [secret, 'example.com', stored?.delivered?.fileId ?? '', 'uniqueKeys'])
    expect(told).not.toContain(word);
  expect(JSON.stringify(stored)).not.toContain(secret);
});
