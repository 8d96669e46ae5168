import { once } from 'node:events';
import { createServer, request as clientRequest } from 'node:http';
import type { ClientRequest, IncomingMessage, RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { deflateSync } from 'node:zlib';
import type { Response } from 'supertest';
import { MAX_DELIVERY, UPLOAD_PART, type Caller, type OrderStatus, type TicketBody } from '@ticketing/common';
import { cookieOf, newId, refusal, until } from '@ticketing/common/testing';
import { Chunks, Counts, Files, Tickets } from './store';
import { aCaller, anOrder, startTickets } from './testing';
import { aPass, aPdf, aPng } from './testing/files';
import { deliveriesOf, holdJudging, partsIn } from './testing/uploads';

/** Malicious uploads, and what is sent to a browser. */

const DAY = 86_400_000;
let late = 0;
let tickets: Awaited<ReturnType<typeof startTickets>>;
beforeAll(async () => {
  tickets = await startTickets(() => new Date(Date.now() + late));
});
afterAll(() => tickets.stop());
beforeEach(async () => {
  late = 0;
  await Counts.deleteMany();
  await Files.updateMany({ isOpen: true }, { $unset: { isOpen: 1, slot: 1 } });
});

const seller = aCaller();
const { http, begin, part, complete, listed, hand, read, upload, uploaded } = deliveriesOf(() => tickets.app, seller);
const code = () => `CODE ${newId()}`;

describe('part numbers and sizes that lie', () => {
  test.each(['-1', '1', '9999', '99999', '0x0', '1e0', '%2e%2e', '00000'])('part %s', async (number) => {
    const { id } = await listed();
    const { id: uploadId } = (await begin(id, 3).expect(201)).body as { id: string };
    const { status } = await part(id, uploadId, number as unknown as number, Buffer.from('abc'));
    expect([400, 404]).toContain(status);
    expect(await Chunks.countDocuments({ files_id: uploadId })).toBe(0);
  });

  test.each([0, 2, 4])('%s bytes instead of 3', async (size) => {
    const { id } = await listed();
    const { id: uploadId } = (await begin(id, 3).expect(201)).body as { id: string };
    await part(id, uploadId, 0, Buffer.alloc(size)).expect(400, refusal('part-size', undefined, { part: 0, size: 3 }));
  });

  test('a compressed body is not decompressed', async () => {
    const { id } = await listed();
    const { id: uploadId } = (await begin(id, 3).expect(201)).body as { id: string };
    await part(id, uploadId, 0, deflateSync(Buffer.alloc(3)))
      .set('Content-Encoding', 'deflate')
      .expect(415);
  });
});

test("someone else's upload, and an upload for another listing, are 404", async () => {
  const [{ id }, other] = [await listed(), await listed()];
  const stranger = aCaller();
  const { id: strangers } = await listed(undefined, stranger);
  const own = await uploaded(id, await aPng(code()));
  await part(strangers, own, 0, Buffer.alloc(1), stranger).expect(404, refusal('upload-not-found'));
  await complete(strangers, own, stranger).expect(404, refusal('upload-not-found'));
  await complete(other.id, own).expect(404, refusal('upload-not-found'));
  await complete(id, newId()).expect(404, refusal('upload-not-found'));
});

test('a file with many tickets is refused: each code is an entry of an index', async () => {
  const { id } = await listed();
  const codes = Array.from({ length: 33 }, code);
  const refused = await upload(id, aPass(codes));
  expect([refused.status, refused.body]).toEqual([400, refusal('file-codes', undefined, { max: 32 })]);
  expect((await upload(id, aPass(codes.slice(1)))).status).toBe(200);
});

test('slow parts from many accounts of one network do not block uploads from other networks', async () => {
  const server = createServer(tickets.app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const put = (network: string) => {
    const path = `/api/tickets/${newId()}/delivery/uploads/${newId()}/parts/0`;
    const headers = { cookie: cookieOf(aCaller()), 'content-length': 1_000, 'x-forwarded-for': network };
    const sent = clientRequest({ port, method: 'PUT', path, headers }).on('error', () => undefined);
    sent.write('x');
    return sent;
  };
  const answerOf = async (sent: ClientRequest) => ((await once(sent, 'response')) as [IncomingMessage])[0].statusCode;
  const slow = Array.from({ length: 9 }, () => put('203.0.113.7'));
  expect(await Promise.race(slow.map(answerOf))).toBe(429);
  const other = put('203.0.113.8');
  other.end(Buffer.alloc(999));
  expect(await answerOf(other)).toBe(404);
  server.closeAllConnections();
  server.close();
});

test("an account's unfinished uploads are limited, however many it starts", async () => {
  const hoarder = aCaller();
  const file = Buffer.alloc(1_000, 'x');
  for (let round = 0; round < 4; round++)
    for (let index = 0; index < 2; index++) {
      const { id } = await listed(undefined, hoarder);
      const begun = await begin(id, file.length, hoarder);
      if (begun.status === 429) continue;
      await part(id, (begun.body as { id: string }).id, 0, file, hoarder).expect(204);
      const again = (await begin(id, file.length, hoarder).expect(201)).body as { id: string };
      await part(id, again.id, 0, file, hoarder).expect(204);
    }
  const ids = await Files.distinct('_id', { userId: hoarder.id });
  expect(await Chunks.collection.countDocuments({ files_id: { $in: ids } })).toBe(5);
});

describe("a seller's storage", () => {
  const BYTES = 8 * UPLOAD_PART;
  let small: ReturnType<typeof deliveriesOf>;
  let owner: Caller;
  let app: RequestListener;
  beforeAll(() => void (app = tickets.replica({ bytesPerSeller: BYTES })));
  beforeEach(() => {
    owner = aCaller();
    small = deliveriesOf(() => app, owner);
  });
  /** Hands over that many bytes, for a new listing. */
  async function handed(bytes: number) {
    const { id } = await small.listed();
    const file = Buffer.concat([await aPng(code()), Buffer.alloc(bytes)]).subarray(0, bytes);
    const begun = await small.begin(id, file.length);
    if (begun.status !== 201) return { id, answer: begun };
    const { id: uploadId } = begun.body as { id: string };
    for (const [number, content] of partsIn(file).entries())
      await small.part(id, uploadId, number, content).expect(204);
    return { id, answer: await small.complete(id, uploadId) };
  }
  const full = { status: 409, body: refusal('files-full', undefined, { max: 4 }) };

  test('is limited, and freed when files are deleted', async () => {
    const [first, second] = [await handed(4 * UPLOAD_PART), await handed(3 * UPLOAD_PART)];
    expect([first.answer.status, second.answer.status]).toEqual([200, 200]);
    expect((await handed(UPLOAD_PART + 1)).answer).toMatchObject(full);
    expect((await handed(UPLOAD_PART)).answer.status).toBe(200);
    expect((await handed(1)).answer).toMatchObject(full);
    await hand(first.id, { code: code() }, owner).expect(200);
    late = DAY;
    await tickets.operations.deliveries.sweep();
    expect((await handed(4 * UPLOAD_PART)).answer.status).toBe(200);
  });

  test.each<[OrderStatus, number]>([
    ['complete', 200],
    ['refunded', 409],
  ])('is not used by refused files, nor by sold and paid ones: %s', async (status, expected) => {
    const { id } = await small.listed();
    expect((await small.upload(id, Buffer.alloc(4 * UPLOAD_PART))).body).toEqual(refusal('file-unknown'));
    const sold = await handed(4 * UPLOAD_PART);
    expect(sold.answer.status).toBe(200);
    await tickets.deliver(anOrder(sold.id, 1, 2, status));
    late = 2 * 3_600_000;
    await tickets.operations.deliveries.sweep();
    expect((await handed(4 * UPLOAD_PART)).answer.status).toBe(200);
    expect((await handed(4 * UPLOAD_PART)).answer.status).toBe(expected);
  });

  test('is limited however many uploads start at once', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, async () => (await small.listed()).id));
    const begun = await Promise.all(ids.map((id) => small.begin(id, 3 * UPLOAD_PART)));
    expect(begun.filter(({ status }) => status === 201)).toHaveLength(2);
    for (const { status, body } of begun.filter(({ status }) => status !== 201)) expect({ status, body }).toEqual(full);
    const places = (await Files.find({ userId: owner.id }).lean()).flatMap(({ places }) => places ?? []);
    expect(new Set(places).size).toBe(6);
  });
});

test.each<[string, string, () => Buffer | Promise<Buffer>]>([
  ['5 MB of zeros', 'file-unknown', () => Buffer.alloc(MAX_DELIVERY)],
  ['HTML before a PDF', 'file-unknown', async () => Buffer.concat([Buffer.from('<html>'), await aPdf(code())])],
  ['a picture that claims 10 billion pixels', 'file-too-large', () => sized(100_000, 100_000)],
])('%s: %s', async (_what, expected, file) => {
  const { id } = await listed();
  const answer = await upload(id, await file());
  expect([answer.status, answer.body]).toEqual([400, refusal(expected as 'file-unknown')]);
  expect((await Tickets.findById(id).lean())?.delivered).toBeUndefined();
});

async function sized(width: number, height: number) {
  const png = await aPng();
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  return png;
}

const PAGE = '<script>alert(document.cookie)</script>';
test.each<[string, string, string, () => Promise<Buffer>]>([
  [
    'a PDF with a page in it',
    'application/pdf',
    'ticket.pdf',
    async () => Buffer.concat([await aPdf(code()), Buffer.from(PAGE)]),
  ],
  [
    'a picture with an archive behind it',
    'image/png',
    'ticket.png',
    async () => Buffer.concat([await aPng(code()), aPass()]),
  ],
  ['a pass', 'application/vnd.apple.pkpass', 'ticket.pkpass', () => Promise.resolve(aPass(code()))],
])('%s is sent with its verified type, as an attachment', async (_what, type, name, file) => {
  const { id } = await listed();
  const content = await file();
  expect((await upload(id, content)).status).toBe(200);
  const asked = { Accept: 'text/html', Range: 'bytes=0-9', 'If-None-Match': '*' };
  const answer = await read(id).set(asked).buffer(true).parse(raw).expect(200);
  expect(answer.headers).toMatchObject({
    'cache-control': 'no-store',
    'content-disposition': `attachment; filename="${name}"`,
    'content-length': String(content.length),
    'content-security-policy': expect.stringMatching(/^default-src 'none';.*;sandbox$/) as string,
    'content-type': type,
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  });
  expect(answer.headers).not.toHaveProperty('accept-ranges');
  expect(content.equals(answer.body as Buffer)).toBe(true);
  await http('head', `${id}/delivery`).expect(404);
});

const raw = (response: Response, done: (error: null, body: Buffer) => void) => {
  const parts: Buffer[] = [];
  (response as unknown as NodeJS.ReadableStream)
    .on('data', (part: Buffer) => parts.push(part))
    .on('end', () => done(null, Buffer.concat(parts)));
};

test('refused files leave nothing in memory', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const bytesAlive = () => {
    collectGarbage();
    return process.memoryUsage().arrayBuffers;
  };
  const file = Buffer.concat([(await aPng(code())).subarray(0, 60), Buffer.alloc(MAX_DELIVERY - 60)]);
  const { id } = await listed();
  const refuse = async () => complete(id, await uploaded(id, file)).expect(400, refusal('file-broken'));
  await refuse();
  const before = bytesAlive();
  for (let more = 0; more < 3; more++) await refuse();
  // Sockets release what they have sent a little later.
  await until(() => bytesAlive() - before < MAX_DELIVERY);
  const files_id = { $in: await Files.distinct('_id', { ticketId: id }) };
  expect(await Chunks.collection.countDocuments({ files_id })).toBe(0);
});

test('of thirty concurrent files a limited number waits; the others are told when to retry', async () => {
  const sellers = Array.from({ length: 30 }, () => aCaller());
  const uploads: { id: string; caller: Caller; upload: string }[] = [];
  for (const caller of sellers) {
    const { id } = await listed(undefined, caller);
    uploads.push({ id, caller, upload: await uploaded(id, await aPng(code()), caller) });
  }
  const judge = ({ id, caller, upload }: (typeof uploads)[number], at = 0) =>
    complete(id, upload, caller).set('X-Forwarded-For', `203.0.113.${at}`);
  const release = holdJudging();
  let answered = 0;
  const judging = uploads.map(async (each, at) => {
    const answer = await judge(each, at);
    answered++;
    return answer;
  });
  await until(() => answered === 10);
  release();
  const answers = await Promise.all(judging);
  const turnedAway = answers.filter(({ status }) => status !== 200);
  expect(turnedAway).toHaveLength(10);
  for (const { status, headers, body } of turnedAway)
    expect([status, headers['retry-after'], body]).toEqual([503, '5', refusal('unavailable')]);
  const [next] = uploads.filter((_, index) => answers[index]?.status !== 200);
  expect((await judge(next as (typeof uploads)[number])).status).toBe(200);
}, 300_000);

describe('a code printed on every ticket of an event', () => {
  const advert = 'https://www.philharmonie.example/summer2026';

  test('does not block a second seller, and does not count as a barcode', async () => {
    const [one, two] = [aCaller(), aCaller()];
    for (const [caller, file] of [
      [one, await aPng(advert)],
      [two, await aPdf(advert)],
    ] as const) {
      const { id } = await listed(undefined, caller);
      const answer = await upload(id, file, caller);
      expect([answer.status, (answer.body as TicketBody).isScanned]).toEqual([200, false]);
    }
  });

  test('does not identify a transfer; a single-use link or code does', async () => {
    const [one, two] = [aCaller(), aCaller()];
    const [first, second] = [await listed(undefined, one), await listed(undefined, two)];
    await hand(first.id, { url: advert, note: 'Ask for Eve' }, one).expect(200);
    await hand(second.id, { url: advert, note: 'Ask for Bob' }, two).expect(200);
    const once = `${advert}?accept=${newId()}`;
    await hand(first.id, { url: once }, one).expect(200);
    await hand(second.id, { url: once, code: 'other words' }, two).expect(409, refusal('content-listed'));
    const barcode = code();
    await hand(first.id, { code: barcode }, one).expect(200);
    expect((await upload(second.id, await aPng(barcode), two)).status).toBe(409);
  });
});

test('what was sold is kept for a year after its event, or after its sale if it has no date', async () => {
  const startsAt = new Date(Date.now() + 100 * DAY).toISOString();
  const listings = [{ startsAt, timeZone: 'UTC' }, {}].map(async (details) => {
    const { id } = await listed({ title: 'Concert', price: 20, delivery: 'now', ...details });
    await hand(id, { code: code() }).expect(200);
    const [order, buyer] = [anOrder(id, 1, 1, 'complete'), aCaller()];
    order.data.userId = buyer.id;
    await tickets.deliver(order);
    return { id, buyer };
  });
  const sold = await Promise.all(listings);
  const readAfter = async (days: number) => {
    late = days * DAY;
    await tickets.operations.deliveries.sweep();
    return Promise.all(sold.map(async ({ id, buyer }) => (await read(id, buyer)).status));
  };
  expect(await readAfter(364)).toEqual([200, 200]);
  expect(await readAfter(366)).toEqual([200, 404]);
  expect(await readAfter(464)).toEqual([200, 404]);
  expect(await readAfter(466)).toEqual([404, 404]);
});
