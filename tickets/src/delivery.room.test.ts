import { Chunks, Files, Tickets } from './store';
import { MAX_DELIVERY, type Caller } from '@ticketing/common';
import { newId, refusal, setClockAhead } from '@ticketing/common/testing';
import { register } from 'prom-client';
import { storedSum } from './gridStore';
import { aCaller, anOrder, startTickets } from './testing';
import { aPng } from './testing/files';
import { deliveriesOf } from './testing/uploads';

/** The storage limit for the files of all sellers together. */

const [MB, SUM] = [1_048_576, 10_000];
/** A clock by which each reading is a millisecond later: ten seconds pass only when a test says so. */
let [late, read] = [0, 0];
let tickets: Awaited<ReturnType<typeof startTickets>>;
let app: ReturnType<typeof tickets.replica>;
beforeAll(async () => {
  read = Date.now();
  tickets = await startTickets(() => new Date(read++ + late));
  // A seller has room for two files of 5 MB; all together, for three, each slightly larger once sealed.
  app = tickets.replica({ bytesPerSeller: 2 * MAX_DELIVERY, bytesInAll: 16 * MB });
});
beforeEach(async () => {
  await Promise.all([Files, Chunks].map((model) => (model as typeof Files).deleteMany({})));
  late += SUM;
});
afterAll(() => tickets.stop());

const full = { status: 503, body: refusal('storage-full') };
const as = (seller: Caller) => deliveriesOf(() => app, seller);
/** Begins an upload of 5 MB for a seller's new listing. */
async function begun(seller = aCaller(), size = MAX_DELIVERY) {
  const { listed, begin } = as(seller);
  return begin((await listed()).id, size);
}

test('holds whoever they belong to and however many start at once; links and codes are exempt', async () => {
  const answers = await Promise.all(Array.from({ length: 9 }, () => begun()));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
  for (const { status, body, headers } of answers.filter(({ status }) => status !== 201)) {
    expect({ status, body: body as object }).toEqual(full);
    expect(headers).toHaveProperty('retry-after', '3600');
  }
  const seller = aCaller();
  const { hand, listed } = as(seller);
  await hand((await listed()).id, { code: newId() }).expect(200);
});

test('is shared by replicas, and freed within seconds once files are deleted', async () => {
  for (let count = 0; count < 3; count++) expect((await begun()).status).toBe(201);
  late += SUM;
  expect(await begun()).toMatchObject(full);
  await Files.updateMany({}, { isDead: true });
  expect(await begun()).toMatchObject(full);
  late += SUM;
  expect((await begun()).status).toBe(201);
});

test("is read again after ten seconds, though the metric was read while the machine's clock was wrong", async () => {
  for (let count = 0; count < 3; count++) expect((await begun()).status).toBe(201);
  const setBack = setClockAhead(3_600_000);
  await register.getSingleMetric('ticketing_delivery_bytes')?.get();
  setBack();
  await Files.updateMany({}, { isDead: true });
  late += SUM;
  expect((await begun()).status).toBe(201);
});

test('is not used up by repeated starts, nor by refused uploads', async () => {
  const [seller, many] = [aCaller(), aCaller()];
  const { listed, begin } = as(seller);
  const { id } = await listed();
  for (let count = 0; count < 9; count++) await begin(id, MAX_DELIVERY).expect(201);
  for (let count = 0; count < 2; count++) expect((await begun()).status).toBe(201);
  await begin(id, MAX_DELIVERY).expect(201);
  await Files.deleteMany({});
  late += SUM;
  for (let count = 0; count < 5; count++) expect((await begun(many, 1)).status).toBe(201);
  for (let count = 0; count < 9; count++) expect((await begun(many)).body).toEqual(refusal('too-many-uploads'));
  expect((await begun()).status).toBe(201);
});

test('is not used up by a new start of an upload that was counted: its room is free again', async () => {
  const { listed, begin } = as(aCaller());
  const { id } = await listed();
  await begin(id, MAX_DELIVERY).expect(201);
  for (let count = 0; count < 2; count++) expect((await begun()).status).toBe(201);
  late += SUM;
  expect(await begun()).toMatchObject(full);
  for (let count = 0; count < 3; count++) await begin(id, MAX_DELIVERY).expect(201);
  expect(await begun()).toMatchObject(full);
  await begin(id, 1).expect(201);
  expect((await begun()).status).toBe(201);
  expect(await begun()).toMatchObject(full);
});

test('never prevents a seller from handing over a sold ticket, even if their own storage is full too', async () => {
  const seller = aCaller();
  const { listed, begin, upload } = as(seller);
  const [sold, held] = [await listed(), await listed()];
  for (let count = 0; count < 2; count++) expect((await begun(seller)).status).toBe(201);
  const other = (await begun()).body as { id: string };
  expect(await begun()).toMatchObject(full);
  await tickets.deliver(anOrder(sold.id, 1, 2, 'complete'), anOrder(held.id, 1, 0, 'created'));
  expect(await begin(held.id, MAX_DELIVERY)).toMatchObject(full);
  const file = Buffer.concat([await aPng(newId()), Buffer.alloc(MAX_DELIVERY)]).subarray(0, MAX_DELIVERY);
  expect((await upload(sold.id, file)).status).toBe(200);
  // The disk has room again, the seller has none.
  await Files.updateOne({ _id: other.id }, { isDead: true });
  late += SUM;
  expect((await begin(held.id, 1)).body).toEqual(refusal('files-full', undefined, { max: 10 }));
  expect((await Tickets.findById(sold.id).lean())?.delivered).toBeTruthy();
});

test('is exported as a metric, and read from an index alone', async () => {
  await begun(aCaller(), 1_000);
  const { values = [] } = (await register.getSingleMetric('ticketing_delivery_bytes')?.get()) ?? {};
  const files = await Files.find().lean();
  expect(values).toMatchObject([{ value: files.reduce((sum, { length }) => sum + length, 0) }]);
  expect(values[0]?.value).toBeGreaterThan(1_000);
  const explain = { aggregate: 'deliveries.files', pipeline: storedSum, cursor: {} };
  const plan = JSON.stringify(await Files.db.db?.command({ explain, verbosity: 'executionStats' }));
  expect(plan).toContain('"totalDocsExamined":0');
  expect(plan).not.toContain('COLLSCAN');
});
