import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { UPLOAD_PART, type OrderStatus } from '@ticketing/common';
import { cookieOf, newId, refusal, serve, until } from '@ticketing/common/testing';
import { Chunks, Files, Tickets } from './store';
import { aCaller, anOrder, clientOf, startTickets } from './testing';
import { aPdf, aPng } from './testing/files';
import { deliveriesOf, partsIn } from './testing/uploads';

/** Concurrent actions: one wins, nothing is lost, and nothing is left behind. */

const [HOUR, DAY] = [3_600_000, 86_400_000];
let late = 0;
let tickets: Awaited<ReturnType<typeof startTickets>>;
beforeAll(async () => {
  tickets = await startTickets(() => new Date(Date.now() + late));
});
afterAll(() => tickets.stop());
beforeEach(() => void (late = 0));

const seller = aCaller();
const { http, hand, read, begin, part, complete, uploaded, listed } = deliveriesOf(() => tickets.app, seller);
const { withdraw } = clientOf(() => tickets.app, seller);
const code = () => `CODE ${newId()}`;
const load = (id: string) => Tickets.findById(id).orFail().lean();

/** After two days of sweeps, only the parts of listings' content are left. */
async function nothingIsLeft() {
  for (late = 2 * HOUR; late <= 2 * DAY; late += 12 * HOUR) await tickets.operations.deliveries.sweep();
  late = 2 * DAY;
  await tickets.operations.deliveries.sweep();
  const had = (await Tickets.find({}, { delivered: 1 }).lean()).flatMap(({ delivered }) => delivered?.fileId ?? []);
  expect((await Files.distinct('_id')).map(String).sort()).toEqual(had.sort());
  expect((await Chunks.distinct('files_id')).map(String).sort()).toEqual(had.sort());
}
afterEach(nothingIsLeft);

test('content that is examined is final: no part can be replaced', async () => {
  const { id } = await listed();
  const file = await aPng(code());
  const upload = await uploaded(id, file);
  const other = Buffer.alloc(file.length, 'x');
  await part(id, upload, 0, other).expect(409, refusal('conflict'));
  const [completed, sent] = await Promise.all([complete(id, upload), part(id, upload, 0, other)]);
  expect([completed.status, [404, 409].includes(sent.status)]).toEqual([200, true]);
  await part(id, upload, 0, other).expect(404, refusal('upload-not-found'));
  expect(file.equals((await read(id).expect(200)).body as Buffer)).toBe(true);
});

test('an upload that begins while another is examined does not delete it', async () => {
  const { id } = await listed();
  const file = await aPdf(code());
  const upload = await uploaded(id, file);
  const completing = complete(id, upload).then(({ status }) => status);
  await until(async () => !(await Files.findById(upload).lean())?.isOpen);
  await begin(id, 3).expect(201);
  expect(await completing).toBe(200);
  expect(file.equals((await read(id).expect(200)).body as Buffer)).toBe(true);
});

test('an upload completed twice at once, here or elsewhere, is examined once', async () => {
  const replica = tickets.replica();
  const elsewhere = deliveriesOf(() => replica, seller);
  const { id } = await listed();
  const upload = await uploaded(id, await aPdf(code()));
  const answers = await Promise.all([complete(id, upload), complete(id, upload), elsewhere.complete(id, upload)]);
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(0);
  expect(statuses.every((status) => status === 200 || status === 429)).toBe(true);
  await complete(id, upload).expect(200);
  expect(await load(id)).toMatchObject({ edition: 0, version: 1 });
});

test('an upload whose examiner crashed is examined again after a minute', async () => {
  const { id } = await listed();
  const upload = await uploaded(id, await aPng(code()));
  await Files.updateOne({ _id: upload }, { isOpen: false, checkAt: new Date(Date.now() + HOUR), $unset: { slot: 1 } });
  await complete(id, upload).expect(429, refusal('too-many-uploads'));
  late = 61_000;
  await complete(id, upload).expect(200);
});

test("a listing's content survives a crash before its upload was finished, whatever begins next", async () => {
  const { id } = await listed();
  const upload = await uploaded(id, await aPng(code()));
  await complete(id, upload).expect(200);
  await Files.updateOne({ _id: upload }, { isOpen: false });
  await begin(id, 3).expect(201);
  await read(id).expect(200);
});

test('of two uploads for a listing completed at once the later one stays, and the other is deleted', async () => {
  const { id } = await listed();
  const [one, two] = [await aPdf(code()), await aPng(code())];
  const first = await uploaded(id, one);
  const completing = complete(id, first).then(({ status }) => status);
  await until(async () => !(await Files.findById(first).lean())?.isOpen);
  const replica = tickets.replica();
  const other = deliveriesOf(() => replica, seller);
  const second = await uploaded(id, two);
  expect([await completing, (await other.complete(id, second)).status]).toEqual([200, 200]);
  expect(await load(id)).toMatchObject({ edition: 1, delivered: { fileId: second } });
  expect(two.equals((await read(id).expect(200)).body as Buffer)).toBe(true);
});

test('of two uploads started at once only one is open', async () => {
  const { id } = await listed();
  const begun = await Promise.all([begin(id, 3), begin(id, 3), begin(id, 3)]);
  expect(begun.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(await Files.countDocuments({ ticketId: id, isOpen: true })).toBe(1);
});

test('of a concurrent transfer and file the later one stays, and can be read', async () => {
  for (let round = 0; round < 3; round++) {
    const { id } = await listed();
    const upload = await uploaded(id, await aPng(code()));
    const [file, transfer] = await Promise.all([complete(id, upload), hand(id, { code: code() })]);
    expect([file.status, transfer.status]).toEqual([200, 200]);
    expect(await load(id)).toMatchObject({ edition: 1, delivered: expect.anything() as object });
    await read(id).expect(200);
  }
});

test.each<OrderStatus>(['created', 'complete'])('handing over while an order is %s', async (status) => {
  for (let round = 0; round < 4; round++) {
    const { id } = await listed();
    await hand(id, { code: code() }).expect(200);
    const [{ status: answer }] = await Promise.all([
      hand(id, { code: code() }),
      tickets.deliver(anOrder(id, 1, 1, status)),
    ]);
    const { edition } = await load(id);
    expect(edition).toBe(answer === 200 ? 1 : 0);
    await read(id).expect(200);
  }
});

test('handing over during a withdrawal', async () => {
  for (let round = 0; round < 4; round++) {
    const { id } = await listed();
    const [handed, withdrawn] = await Promise.all([hand(id, { code: code() }), withdraw(id)]);
    expect(withdrawn.status).toBe(204);
    const ticket = await load(id);
    expect(ticket).toMatchObject({ status: 'withdrawn', uniqueKeys: [] });
    expect(Boolean(ticket.delivered)).toBe(handed.status === 200);
  }
});

test('a withdrawn listing with a late hold is not sold alongside another copy', async () => {
  const barcode = code();
  const [first, second] = [await listed(), await listed()];
  await hand(first.id, { code: barcode }).expect(200);
  await withdraw(first.id).expect(204);
  await hand(second.id, { code: barcode }).expect(200);
  const order = anOrder(first.id, 1, 1, 'created');
  await tickets.deliver(order);
  await until(() => tickets.heardOf(first.id).at(-1)?.data.status === 'held');
  // Orders cancels an order on a withdrawing listing before any money is taken.
  expect(tickets.heardOf(first.id).at(-1)?.data).toMatchObject({ withdrawing: true, seq: 1 });
  await tickets.deliver({
    ...order,
    subject: 'order:cancelled',
    version: 2,
    data: { ...order.data, status: 'cancelled' },
  });
  expect(await load(first.id)).toMatchObject({ status: 'withdrawn', uniqueKeys: [] });
});

test('a connection that drops at 4.9 MB loses nothing: what arrived is stored, and the rest is sent again', async () => {
  const server = await serve(tickets.app);
  const file = Buffer.concat([await aPdf(code()), Buffer.alloc(9 * UPLOAD_PART + 400_000, '%\n')]);
  const { id } = await listed();
  const { id: upload } = (await begin(id, file.length).expect(201)).body as { id: string };
  const parts = partsIn(file);
  for (const [number, content] of parts.slice(0, -1).entries()) await part(id, upload, number, content).expect(204);
  const last = parts.at(-1) as Buffer;
  // More often than there are places for bodies.
  for (let time = 0; time < 20; time++) {
    const dropped = httpRequest(
      `${server.url}/api/tickets/${id}/delivery/uploads/${upload}/parts/${parts.length - 1}`,
      {
        method: 'PUT',
        headers: {
          Cookie: cookieOf(seller),
          'Content-Length': last.length,
          'Content-Type': 'application/octet-stream',
        },
      },
    );
    dropped.write(last.subarray(0, last.length / 2), () => dropped.destroy());
    await once(dropped, 'close').catch(() => undefined);
  }
  const { body } = await http('get', `${id}/delivery/uploads/${upload}`).expect(200);
  expect((body as { parts: number[] }).parts).toHaveLength(parts.length - 1);
  await until(async () => (await part(id, upload, parts.length - 1, last)).status === 204);
  await complete(id, upload).expect(200);
  expect(file.equals((await read(id).expect(200)).body as Buffer)).toBe(true);
  await server.stop();
});
