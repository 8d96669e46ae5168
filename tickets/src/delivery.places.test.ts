import { UPLOAD_PART } from '@ticketing/common';
import { newId } from '@ticketing/common/testing';
import { Chunks, Files, newId as asId, Tickets } from './store';
import { aCaller, startTickets } from './testing';
import { aPdf } from './testing/files';
import { deliveriesOf } from './testing/uploads';

/** An attacker who can write to the database, but has no key. */

let tickets: Awaited<ReturnType<typeof startTickets>>;
beforeAll(async () => (tickets = await startTickets()));
afterAll(() => tickets.stop());

const [seller, other] = [aCaller(), aCaller()];
const { hand, listed, read, upload } = deliveriesOf(() => tickets.app, seller);
const secret = { code: `CODE ${newId()}` };
const fileOf = async (id: string) => (await Tickets.findById(id).lean())?.delivered?.fileId ?? '';

/** Listings of two sellers, each with its content. */
async function two() {
  const [{ id: theirs }, { id: mine }] = [await listed(), await listed(undefined, other)];
  await hand(theirs, { ...secret, code: `${secret.code} ${theirs}` }).expect(200);
  await hand(mine, { code: `CODE ${newId()}` }, other).expect(200);
  return { theirs, mine, from: await fileOf(theirs), to: await fileOf(mine) };
}

const is = (status: number, text: string) => {
  expect(text).not.toContain(secret.code);
  return status;
};
const opened = async (id: string) => {
  const { status, text } = await read(id, other);
  return is(status, text);
};

test("another listing's file cannot be read, even if a listing refers to it", async () => {
  const { mine, from } = await two();
  await Tickets.updateOne({ _id: mine }, { 'delivered.fileId': from });
  expect(await opened(mine)).toBe(404);
});

test('a file moved to another listing cannot be opened', async () => {
  const { mine, from } = await two();
  await Tickets.updateOne({ _id: mine }, { 'delivered.fileId': from });
  await Files.updateOne({ _id: from }, { ticketId: mine, userId: other.id });
  expect(await opened(mine)).toBe(500);
});

test("content moved into another listing's file cannot be opened", async () => {
  const { mine, from, to } = await two();
  const chunk = await Chunks.collection.findOne({ files_id: asId(from) });
  await Chunks.collection.updateOne({ files_id: asId(to) }, { $set: { data: chunk?.data as Buffer } });
  expect(await opened(mine)).toBe(500);
});

test('swapped parts of a file cannot be opened', async () => {
  const { id } = await listed();
  const file = Buffer.concat([await aPdf(`CODE ${newId()}`), Buffer.alloc(3 * UPLOAD_PART, '%\n')]);
  expect((await upload(id, file)).status).toBe(200);
  const place = { files_id: asId(await fileOf(id)) };
  expect((await read(id).expect(200)).body).toHaveLength(file.length);
  for (const [n, to] of [
    [1, 99],
    [2, 1],
    [99, 2],
  ])
    await Chunks.collection.updateOne({ ...place, n }, { $set: { n: to } });
  await expect(read(id)).rejects.toThrow('aborted');
});
